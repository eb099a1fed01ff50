import type { EndpointPlan, PoolPlan } from "../../../components/plan-types.ts";
import { inputsMessage } from "../../message.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

/** A copy of a model fits the nodes and the NVLink domain of its pool. */
export const endpointFits: Rule = {
  id: "serving/endpoint-fits",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim:
    "GPUs of a copy on a node ≤ GPUs of the node, nodes of a copy ≤ schedulable nodes of a rack, or of the pool where instances are rented",
  why: "a copy wider than a node never starts; a gang wider than the rack's schedulable nodes leaves the NVLink domain or waits for ever",
  formula: "gpusPerNode ≤ GPUs per node ∧ nodesPerReplica ≤ schedulable nodes of a rack",
  source: "catalog: GPUs, nodes and schedulable nodes of the system",
  inputs: "serving.endpoints: gpusPerNode, nodesPerReplica; the pool's system",
  pass: "both hold",
  fail: "one of the two does not",
  unproved: "a figure of the system is unknown",
  fix: "spread the copy over nodes that the rack has, or choose another pool",
  manualCheck: "compare the endpoint's widths with the system in the catalog",
  notApplicable: "the site has no endpoint",
  subjects: ({ plan }) =>
    plan.endpoints.map((endpoint) =>
      subject(
        endpoint,
        plan.pools.find(({ id }) => id === endpoint.pool),
      ),
    ),
};

function subject(endpoint: EndpointPlan, pool: PoolPlan | undefined): Subject {
  const nodes = pool?.gangNodes ?? null;
  // Of rented instances, those that stand close together are the pool.
  const of = pool?.instances == null ? "a rack" : "a pool";
  const perNode = pool?.gpusPerNode ?? null;
  const inputs = endpoint.roles.flatMap(({ gpusPerNode, nodesPerReplica, at }) => [
    condition(
      `${gpusPerNode} GPUs on a node of ${perNode ?? "unknown"}`,
      perNode === null ? null : gpusPerNode <= perNode,
      `${at}.gpusPerNode`,
    ),
    condition(
      `${nodesPerReplica} nodes in ${of} of ${nodes ?? "unknown"} schedulable`,
      nodes === null ? null : nodesPerReplica <= nodes,
      `${at}.nodesPerReplica`,
    ),
  ]);
  return {
    id: `endpoints.${endpoint.id}`,
    at: endpoint.at,
    state: pool?.state ?? null,
    claim: "all-of",
    unit: "",
    inputs,
    message: () =>
      `endpoint ${endpoint.id}: ${inputsMessage(`a copy fits its nodes and ${of.replace("a ", "its ")}`, inputs, (name) => `cannot take ${name}`)}`,
  };
}
