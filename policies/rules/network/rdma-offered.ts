import type { PoolPlan } from "../../../components/plan-types.ts";
import type { Input } from "../../finding.ts";
import { inputsMessage } from "../../message.ts";
import { networkReader } from "../../pod-network.ts";
import { podPools } from "../../pod-pools.ts";
import { type RdmaOffer, rdmaOffersOf, takesIn } from "../../rdma-offers.ts";
import { flattened, type RegisteredObject, readText } from "../../registered.ts";
import { condition, type Rule } from "../../rule.ts";
import { type Workload, workloadsOf } from "../../workload.ts";
import { workloadSubject } from "../../workload-subject.ts";

/** A pod that asks for an RDMA resource starts only where a device plugin offers it, by that name, for the node's NICs. */
export const rdmaOffered: Rule = {
  id: "network/rdma-offered",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim:
    "each rdma/* resource that pods ask for is offered by the one NicClusterPolicy, for NICs that the nodes of their pool have",
  why: "no node ever has a resource of another name, or of a selector that matches none of its NICs: the pods stay pending",
  formula:
    "one NicClusterPolicy ∧ a device plugin of it offers the name ∧ devices of a pod ≤ rdmaHcaMax ∧ vendors and deviceIDs of its selector hold the NIC of each pool ∧ its nodeAffinity takes the pool in",
  source:
    "NVIDIA Network Operator, NicClusterPolicy mellanox.com/v1alpha1; k8s-rdma-shared-dev-plugin and sriov-network-device-plugin, their configuration; catalog: NICs of systems",
  inputs:
    "registered workloads with rdma/* resources, the registered NicClusterPolicy, NICs of the compute fabric by pool",
  pass: "all hold for each resource and pool",
  fail: "no plugin offers the name or as many, its selector or affinity leaves the pool out, or there are two policies",
  unproved:
    "no policy is registered, its configuration cannot be read, it selects by what only the nodes know, or the pool or its NICs are not known",
  fix: "ask for the resource that the policy offers, or let the program write the policy: its selectors are the NICs of the pools",
  manualCheck: "kubectl get node -o json: status.allocatable of a node of the pool; lspci -nn on it",
  notApplicable: "no registered workload asks for an RDMA resource",
  subjects: ({ plan, registered }) => {
    const policies = flattened(registered).filter(({ object }) => readText(object, "kind") === "NicClusterPolicy");
    const [policy] = policies;
    const offered = policy === undefined ? null : { policy, offers: rdmaOffersOf(policy.object) };
    const networks = networkReader(registered);
    const poolsOf = podPools(plan, registered);
    return workloadsOf(registered).flatMap((workload) => {
      const asked = workload.templates
        .filter(({ pods }) => pods !== 0)
        .flatMap(({ template }) =>
          [...(networks(template, workload.namespace).resources ?? [[null, null] as const])]
            .filter(([name, count]) => count !== 0 && (name === null || name.startsWith("rdma/")))
            .map(([name, count]) => ({ name, count, pools: poolsOf(workload, template) })),
        );
      if (asked.length === 0) return [];
      const inputs = [
        condition("one NicClusterPolicy is registered", onlyOne(policies), policy?.urn ?? workload.urn),
        ...asked.flatMap((each) => askedInputs(each, offered, workload)),
      ];
      return [
        workloadSubject(workload, inputs, () => `: ${inputsMessage("the policy offers what it asks for", inputs)}`),
      ];
    });
  },
};

/** Without a policy somebody else may offer the resource; of two the operator takes one. */
const onlyOne = (policies: readonly RegisteredObject[]): boolean | null =>
  policies.length === 0 ? null : policies.length === 1;

interface Offered {
  readonly policy: RegisteredObject;
  /** Null where its configuration cannot be read. */
  readonly offers: readonly RdmaOffer[] | null;
}
interface Asked {
  /** Null where the pod's resources are not known. */
  readonly name: string | null;
  readonly count: number | null;
  readonly pools: readonly PoolPlan[] | null;
}

function askedInputs({ name, count, pools }: Asked, offered: Offered | null, { urn }: Workload): readonly Input[] {
  if (name === null) return [condition("what its pods ask for", null, urn)];
  if (offered === null) return [];
  const { policy, offers } = offered;
  if (offers === null) return [condition(`${name} is offered`, null, policy.urn)];
  const own = offers.filter(({ resource }) => resource === name);
  if (own.length === 0) return [condition(`${name} is offered`, false, policy.urn)];
  const most = Math.max(...own.map((offer) => offer.most ?? Number.NaN));
  const enough = count === null || Number.isNaN(most) ? null : count <= most;
  return [
    condition(
      `${count ?? "an unknown number"} of ${Number.isNaN(most) ? "an unknown number" : most} of ${name}`,
      enough,
      policy.urn,
    ),
    ...(pools === null
      ? [condition(`the pool of the pods that ask for ${name}`, null, urn)]
      : pools.map((pool) =>
          condition(`${name} on the NICs of pool ${pool.id}`, reaches(own, policy.object, pool), policy.urn),
        )),
  ];
}

/** A pool without such NICs, or outside the policy's affinity, has none of the resource. */
function reaches(offers: readonly RdmaOffer[], policy: unknown, pool: PoolPlan): boolean | null {
  const { computeNic } = pool;
  const taken = takesIn(policy, pool);
  if (taken === false) return false;
  const selected = offers.map((offer) => (computeNic === null ? null : offer.selects(computeNic)));
  if (selected.every((each) => each === false)) return false;
  return taken === true && selected.includes(true) ? true : null;
}
