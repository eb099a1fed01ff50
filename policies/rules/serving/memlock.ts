import type { PoolPlan } from "../../../components/plan-types.ts";
import type { Input } from "../../finding.ts";
import { inputsMessage } from "../../message.ts";
import { isNetworkResource, networkReader } from "../../pod-network.ts";
import { type PodPools, podPools } from "../../pod-pools.ts";
import { read, readList, UNKNOWN } from "../../registered.ts";
import { condition, type Rule } from "../../rule.ts";
import { type CountedTemplate, type Workload, workloadsOf } from "../../workload.ts";
import { workloadSubject } from "../../workload-subject.ts";

/** RDMA pins the memory that it reads and writes: as much as the container may lock. */
export const memlock: Rule = {
  id: "serving/memlock",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim:
    "pods that ask for RDMA or EFA stand on nodes whose container runtime lets them lock all memory, or have IPC_LOCK",
  why: "memory that cannot be locked cannot be registered: the engine dies at its start, or falls back to TCP",
  formula: "memlock of each pool on which the pod may stand = unlimited ∨ each container that asks adds IPC_LOCK",
  source:
    "Linux, RLIMIT_MEMLOCK; rdma-core, registration of memory; Kubernetes Pod Security Standards: IPC_LOCK is not in baseline",
  inputs: "registered workloads with rdma/*, vpc.amazonaws.com/efa or claims of network devices; pools[].memlock",
  pass: "each such pod may lock all memory",
  fail: "a pool's runtime limits it, and a container that asks has no IPC_LOCK",
  unproved:
    "pools[].memlock is left out or unknown, or the pool, the capabilities or what the pod asks for are not known",
  fix: "set no limit in the nodes' container runtime (LimitMEMLOCK=infinity) and state it with its source: pools[].memlock: { value: unlimited, source: … }",
  manualCheck: "ulimit -l in a pod on each node: unlimited",
  notApplicable: "no registered workload asks for RDMA or EFA",
  subjects: ({ plan, registered }) => {
    const networks = networkReader(registered);
    const poolsOf = podPools(plan, registered);
    return workloadsOf(registered).flatMap((workload) => {
      const inputs = workload.templates.flatMap((counted, index) => {
        const { devices } = networks(counted.template, workload.namespace);
        return counted.pods === 0 || devices === false ? [] : [lockInput(counted, index, devices, workload, poolsOf)];
      });
      if (inputs.length === 0) return [];
      return [workloadSubject(workload, inputs, () => `: ${inputsMessage("its pods may lock all memory", inputs)}`)];
    });
  },
};

/** Where it is not known whether the pod asks for devices, a limit is not wrong for certain. */
function lockInput(
  { template }: CountedTemplate,
  index: number,
  devices: true | null,
  workload: Workload,
  poolsOf: PodPools,
): Input {
  const pools = poolsOf(workload, template);
  const named = pools?.map(({ id, memlock: limit }) => `${id}: ${limit ?? "unknown"}`).join(", ") ?? "unknown";
  const holds = either(hasIpcLock(template), isUnlimited(pools));
  const from = pools?.find((pool) => pool.memlock === null)?.at;
  return condition(
    `pod ${index + 1} may lock all memory (pool ${named})`,
    devices === null && holds === false ? null : holds,
    from === undefined ? workload.urn : `${from}.memlock`,
  );
}

function isUnlimited(pools: readonly PoolPlan[] | null): boolean | null {
  if (pools === null) return null;
  const limits = pools.map((pool) => pool.memlock);
  return limits.includes("limited") ? false : limits.includes(null) ? null : true;
}

/** Of the containers that ask for devices by name; of all of them where a claim is the pod's. */
function hasIpcLock(template: unknown): boolean | null {
  const containers = readList(template, "spec", "containers");
  if (containers === UNKNOWN) return null;
  const asking = containers.filter(asksByName);
  const each = (asking.length > 0 ? asking : containers).map((container) => {
    const added = readList(container, "securityContext", "capabilities", "add");
    const privileged = read(container, "securityContext", "privileged");
    if (added !== UNKNOWN && added.some((name) => name === "IPC_LOCK" || name === "ALL")) return true;
    if (privileged.known && privileged.value === true) return true;
    return added === UNKNOWN || added.includes(UNKNOWN) || !privileged.known ? null : false;
  });
  return each.length === 0 || each.includes(false) ? false : each.includes(null) ? null : true;
}

const asksByName = (container: unknown): boolean =>
  ["limits", "requests"].some((side) => {
    const found = read(container, "resources", side);
    return found.known && Object.keys(found.value ?? {}).some(isNetworkResource);
  });

const either = (left: boolean | null, right: boolean | null): boolean | null =>
  left === true || right === true ? true : left === null || right === null ? null : false;
