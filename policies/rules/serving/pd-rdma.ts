import type { PoolPlan } from "../../../components/plan-types.ts";
import {
  type Disaggregation,
  disaggregationsOf,
  engineName,
  forCertain,
  type PdEngine,
  rolesThere,
  transferSubject,
} from "../../disaggregation.ts";
import type { Input } from "../../finding.ts";
import { oneFabric } from "../../one-fabric.ts";
import { type NetworkReader, networkReader } from "../../pod-network.ts";
import { type PodPools, podPools } from "../../pod-pools.ts";
import { type Context, condition, type Rule } from "../../rule.ts";

/** KV caches go from GPU to GPU over a fabric that both roles ask for, and that joins them. */
export const pdRdma: Rule = {
  id: "serving/pd-rdma",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "both roles of a model ask for RDMA, EFA or a channel into one NVLink domain, and stand in one fabric",
  why: "over TCP the first token comes after about 98 s instead of one; EFA does not leave its zone",
  formula:
    "each engine asks for rdma/*, vpc.amazonaws.com/efa, a claim of a network device, or a channel of a ComputeDomain that both roles claim ∧ the pools of both roles are one, of one zone, or of one building with a compute fabric",
  source: "llm-d, prefill and decode; NVIDIA Dynamo, EFA guide: TTFT about 98 s without; Amazon EC2 user guide, EFA",
  inputs:
    "registered workloads with --kv-transfer-config: devices and claims of their pods, node selector, required affinity or queue; pools and fabrics of the plan, registered ResourceClaimTemplates and ComputeDomains",
  pass: "all engines ask, and all pools on which they may stand are of one fabric",
  fail: "an engine asks for nothing, or the two roles stand in different zones or buildings",
  unproved:
    "a role is not registered, a device class or a pool is not known, a pool spans several buildings, or no fabric is stated that joins two pools of a building",
  fix: "ask for the node's RDMA or EFA devices in the pods of both roles, and put both on one pool",
  manualCheck:
    "kubectl get the pods of both roles -o wide: their nodes; a transfer test between one of each (nixlbench)",
  notApplicable: "no registered engine hands KV caches over",
  subjects: (context) => {
    const networks = networkReader(context.registered);
    const pools = podPools(context.plan, context.registered);
    return disaggregationsOf(context.registered).map((model) =>
      transferSubject(
        model,
        [...rolesThere(model), ...askInputs(model, networks), fabricInput(model, pools, context)],
        "goes over a fabric that joins both roles",
      ),
    );
  },
};

function askInputs({ prefill, decode }: Disaggregation, networks: NetworkReader): readonly Input[] {
  const engines = [...new Set([...prefill, ...decode])];
  const asked = engines.map((engine) => ({ engine, ...networks(engine.template, engine.workload.namespace) }));
  const shared = [...(asked[0]?.channels ?? [])].filter((domain) =>
    asked.every(({ channels }) => channels.has(domain)),
  );
  return asked.map(({ engine, devices }) =>
    condition(
      `${engineName(engine)} asks for RDMA, EFA or a channel that both claim`,
      shared.length > 0 ? true : forCertain(devices, engine),
      engine.workload.urn,
    ),
  );
}

function fabricInput({ prefill, decode }: Disaggregation, pools: PodPools, { plan }: Context): Input {
  const [ours, theirs] = [prefill, decode].map((engines) => allPools(engines, pools));
  const holds = oneFabric(ours ?? null, theirs ?? null, plan);
  const named = (all: readonly PoolPlan[] | null | undefined) => all?.map(({ id }) => id).join(", ") || "unknown";
  return condition(
    `one fabric joins prefill (pool ${named(ours)}) and decode (pool ${named(theirs)})`,
    forCertain(holds, ...prefill, ...decode),
    "plan:pools",
  );
}

/** Null where one of the engines may stand on any node. */
function allPools(engines: readonly PdEngine[], poolsOf: PodPools): readonly PoolPlan[] | null {
  const each = engines.map(({ workload, template }) => poolsOf(workload, template));
  return each.every((pools) => pools !== null) ? [...new Set(each.flat())] : null;
}
