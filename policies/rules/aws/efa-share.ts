import { efaShare } from "../../../components/aws/efa-share.ts";
import { EFA_RESOURCE } from "../../../components/kubernetes.ts";
import type { PoolPlan } from "../../../components/plan-types.ts";
import { rentedPools } from "../../aws.ts";
import type { Input } from "../../finding.ts";
import { inputsMessage } from "../../message.ts";
import { placedWorkloads } from "../../placed.ts";
import { read, readCount, readList, UNKNOWN } from "../../registered.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";
import type { CountedTemplate, Workload } from "../../workload.ts";
import { workloadSubject } from "../../workload-subject.ts";

/** Kinds whose pods work together over several nodes. */
const GROUPS = new Set(["LeaderWorkerSet", "DisaggregatedSet", "JobSet"]);

/** A gang on AWS talks over EFA: each of its pods asks for the share of the devices that it has of the GPUs. */
export const efaShareRule: Rule = {
  id: "aws/efa-share",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "each pod of a gang on rented nodes asks for devices × its GPUs ÷ GPUs of the node, a whole number",
  why: "without the devices the gang falls back to TCP: seconds become tens of seconds; with too few the fabric is split",
  formula: "vpc.amazonaws.com/efa of the pod = EFA devices of the instance × GPUs of the pod ÷ GPUs of the node",
  source: "EKS user guide, EFA devices; NVIDIA Dynamo, EFA guide: TTFT about 98 s without",
  inputs: "registered groups of pods on a rented pool: their GPUs and EFA devices; the catalog's instance",
  pass: "each template asks for its share",
  fail: "a template asks for more or less, or its share is no whole number",
  unproved: "the pool, the GPUs or the devices are not known",
  fix: "ask for the share of the devices, and take a number of GPUs to which a whole number of devices belongs",
  manualCheck: "kubectl get the workload -o yaml: vpc.amazonaws.com/efa beside nvidia.com/gpu",
  notApplicable: "no gang runs on rented nodes",
  subjects: ({ plan, registered }) => {
    const rented = rentedPools(plan.pools);
    return placedWorkloads(registered)
      .filter(({ workload }) => GROUPS.has(workload.kind))
      .flatMap(({ workload, pool: named }) => {
        if (named === UNKNOWN) return rented.length === 0 ? [] : [subject(workload, null)];
        const pool = rented.find(({ id }) => id === named);
        return pool === undefined ? [] : [subject(workload, pool)];
      });
  },
};

function subject(workload: Workload, pool: PoolPlan | null): Subject {
  const inputs = workload.templates.flatMap((each, index) => inputOf(each, index, pool, workload.urn));
  return workloadSubject(
    workload,
    inputs,
    () => `: ${inputsMessage("each pod has its share of the EFA devices", inputs)}`,
  );
}

function inputOf(
  { pods, template, gpus }: CountedTemplate,
  index: number,
  pool: PoolPlan | null,
  urn: string,
): readonly Input[] {
  if (pods === 0 || gpus === 0) return [];
  const asked = efaOf(template);
  const name = `template ${index + 1} has its share`;
  if (pool === null || gpus === null || asked === null) return [condition(name, null, urn)];
  const share = efaShare(pool, gpus);
  if (share !== null) return [condition(`${name} (${asked} of ${share})`, asked === share, urn)];
  const known = pool.instances?.efaDevices != null && pool.gpusPerNode !== null;
  return [condition(name, known ? false : null, urn)];
}

/** Devices of all containers; null where a part is not known. Limits and requests of a device are the same. */
function efaOf(template: unknown): number | null {
  const containers = readList(template, "spec", "containers");
  if (containers === UNKNOWN) return null;
  return containers.reduce<number | null>((sum, container) => {
    const limits = readCount(container, ["resources", "limits", EFA_RESOURCE], 0);
    const known = read(container, "resources", "limits").known;
    return sum === null || limits === null || !known ? null : sum + limits;
  }, 0);
}
