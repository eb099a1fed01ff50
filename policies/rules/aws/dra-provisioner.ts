import { NODE_GROUP, ofPool } from "../../aws.ts";
import { inputsMessage } from "../../message.ts";
import { placedWorkloads } from "../../placed.ts";
import {
  flattened,
  type RegisteredObject,
  type RegisteredResource,
  read,
  readCount,
  readList,
  readText,
  UNKNOWN,
} from "../../registered.ts";
import { type Context, condition, type Rule, type Subject } from "../../rule.ts";
import type { Workload } from "../../workload.ts";
import { workloadSubject } from "../../workload-subject.ts";

/** A pod that claims devices starts only where the nodes are there, or are made by something that knows claims. */
export const draProvisioner: Rule = {
  id: "aws/dra-provisioner",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim:
    "pods that claim devices stand on node groups: not on EKS Auto Mode, not on Karpenter, never on a group of no node",
  why: "what makes nodes on demand passes over claims that it does not know, and a pool of no node has no devices to match",
  formula:
    "computeConfig.enabled ≠ true ∧ no Karpenter NodePool is registered ∧ (least nodes of the pool's group ≥ 1 ∨ the group follows a Capacity Block)",
  source:
    "EKS user guide: dynamic resource allocation on managed and self-managed nodes; Karpenter settings: ignoreDRARequests",
  inputs: "registered workloads with resource claims, EKS clusters, node groups, Karpenter NodePools",
  pass: "all three hold",
  fail: "the cluster is in Auto Mode, or the group may shrink to no node",
  unproved: "the cluster, the group or a claim is not known, or a NodePool is there, of a Karpenter of unknown version",
  fix: "give the pool a managed node group of at least one node, and leave Auto Mode off",
  manualCheck:
    "aws eks describe-cluster: computeConfig; aws eks describe-nodegroup: scalingConfig; kubectl get nodepools",
  notApplicable: "the target is not AWS, or no registered workload claims devices",
  subjects: (context) =>
    context.plan.target.kind !== "aws"
      ? []
      : placedWorkloads(context.registered).flatMap(({ workload, pool }) => {
          const claims = claimsOf(workload);
          return claims === false ? [] : [subject(workload, pool, claims, context)];
        }),
};

/** Whether a pod of it claims devices; null where that is not known. */
function claimsOf({ templates }: Workload): boolean | null {
  const each = templates.map(({ template }) => readList(template, "spec", "resourceClaims"));
  if (each.some((claims) => claims !== UNKNOWN && claims.length > 0)) return true;
  return each.includes(UNKNOWN) ? null : false;
}

function subject(
  workload: Workload,
  pool: string | null | typeof UNKNOWN,
  claims: true | null,
  { plan, registered, resources }: Context,
): Subject {
  const judged = (holds: boolean | null) => (claims === null && holds === false ? null : holds);
  const own = plan.pools.find(({ id }) => id === pool);
  const follows = own?.instances?.reservation?.kind === "capacity-block";
  const inputs = [
    condition("the cluster is not in Auto Mode", judged(isManual(resources)), workload.urn),
    condition("no Karpenter makes the nodes", noNodePools(registered), workload.urn),
    condition(
      "the pool has a node at all times, or those of its block",
      follows ? true : own === undefined ? null : judged(keepsOne(ofPool(resources, NODE_GROUP, own))),
      workload.urn,
    ),
  ];
  return workloadSubject(workload, inputs, () => `: ${inputsMessage("its claims find their nodes", inputs)}`);
}

function isManual(resources: readonly RegisteredResource[]): boolean | null {
  const clusters = resources.filter(({ type }) => type === "aws:eks/cluster:Cluster");
  if (clusters.length === 0) return null;
  const each = clusters.map(({ inputs }) => {
    const enabled = read(inputs, "computeConfig", "enabled");
    return enabled.known ? enabled.value !== true : null;
  });
  return each.includes(false) ? false : each.includes(null) ? null : true;
}

const noNodePools = (registered: readonly RegisteredObject[]): true | null =>
  flattened(registered).some(({ object }) => readText(object, "kind") === "NodePool") ? null : true;

function keepsOne(group: RegisteredResource | undefined): boolean | null {
  const least = group === undefined ? null : readCount(group.inputs, ["scalingConfig", "minSize"], 0);
  return least === null ? null : least >= 1;
}
