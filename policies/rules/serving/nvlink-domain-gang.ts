import type { PoolPlan } from "../../../components/plan-types.ts";
import { channelTemplatesOf } from "../../compute-domains.ts";
import type { Input } from "../../finding.ts";
import { inputsMessage } from "../../message.ts";
import { type Gang, gangsOf } from "../../nvlink-gangs.ts";
import { placedWorkloads } from "../../placed.ts";
import { readList, readText, UNKNOWN } from "../../registered.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";
import type { CountedTemplate, Workload } from "../../workload.ts";
import { workloadSubject } from "../../workload-subject.ts";

/** A gang in one NVLink domain leaves its spares alone, takes whole nodes, and is let into each other's memory. */
export const nvlinkDomainGang: Rule = {
  id: "serving/nvlink-domain-gang",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim:
    "a gang in one NVLink domain has at most the nodes that are always there, whole ones, with a channel of a ComputeDomain each",
  why: "a gang of 17 or 18 trays waits whenever one of the rack is in repair; without channels its GPUs fall back to the network",
  formula:
    "nodes of a copy ≤ schedulable nodes of the domain (16 of 18 for NVL72) ∧ GPUs of a pod = GPUs of the node ∧ each pod claims a template that a registered ComputeDomain makes",
  source:
    "catalog: schedulable nodes of a rack; NVIDIA DRA driver: one pod of a ComputeDomain a node; Kueue: required topology; marin#7225",
  inputs:
    "registered LeaderWorkerSets, DisaggregatedSets, Jobs and JobSets of pools with NVLink across nodes; ComputeDomains",
  pass: "all three hold",
  fail: "the gang is larger, shares nodes, or claims no channel",
  unproved: "its size, its pool, or how many nodes of the domain are always there is not known",
  fix: "spread the copy over at most the schedulable nodes, give each pod all GPUs of its node, and claim the template of a ComputeDomain",
  manualCheck:
    "kubectl get computedomain -A; kubectl get pods -o wide: nodes of the gang by label nvidia.com/gpu.clique",
  notApplicable: "no gang is bound to an NVLink domain of more than one node",
  subjects: ({ plan, registered }) => {
    const pools = plan.pools.filter(({ nvlinkAcrossNodes }) => nvlinkAcrossNodes !== false);
    if (pools.length === 0) return [];
    const channels = channelTemplatesOf(registered);
    return placedWorkloads(registered).flatMap(({ workload, pool: named }) => {
      const gangs = gangsOf(workload);
      const pool = pools.find(({ id }) => id === named) ?? null;
      const elsewhere = pool === null && plan.pools.some(({ id }) => id === named);
      return gangs.length === 0 || elsewhere ? [] : [subject(workload, gangs, pool, channels)];
    });
  },
};

function subject(
  workload: Workload,
  gangs: readonly Gang[],
  pool: PoolPlan | null,
  channels: ReadonlySet<string>,
): Subject {
  const inputs =
    pool === null
      ? [condition("the pool is known", null, workload.urn)]
      : gangs.flatMap((gang) => gangInputs(gang, workload, pool, channels));
  return workloadSubject(
    workload,
    inputs,
    () => `: ${inputsMessage("its copies fit an NVLink domain, and reach it", inputs)}`,
  );
}

function gangInputs(
  { pods, templates }: Gang,
  { namespace, urn }: Workload,
  { gangNodes, gpusPerNode }: PoolPlan,
  channels: ReadonlySet<string>,
): readonly Input[] {
  const fits = pods === null || gangNodes === null ? null : pods <= gangNodes;
  return [
    condition(
      `${pods ?? "an unknown number of"} nodes of ${gangNodes ?? "unknown"} that a domain always has`,
      fits,
      urn,
    ),
    ...templates.flatMap((template, index) => [
      condition(
        `pod ${index + 1} takes the ${gpusPerNode ?? "unknown"} GPUs of its node`,
        template.gpus === null || gpusPerNode === null ? null : template.gpus === gpusPerNode,
        urn,
      ),
      condition(
        `pod ${index + 1} claims a channel of a ComputeDomain`,
        claimsChannel(template, namespace, channels),
        urn,
      ),
    ]),
  ];
}

function claimsChannel(
  { template }: CountedTemplate,
  namespace: Workload["namespace"],
  channels: ReadonlySet<string>,
): boolean | null {
  const claims = readList(template, "spec", "resourceClaims");
  if (claims === UNKNOWN || namespace === UNKNOWN) return null;
  const names = claims.map((claim) => readText(claim, "resourceClaimTemplateName"));
  if (names.some((name) => typeof name === "string" && channels.has(`${namespace}/${name}`))) return true;
  return names.includes(UNKNOWN) ? null : false;
}
