import type { SpeculationPlan } from "../plan-types.ts";
import { isSplit, type RoleArgs, SERVING_PORT } from "./endpoint-args.ts";
import { gpusOfCopy } from "./roles.ts";

/** Which pod of a copy: the one that answers, alone or at the head of its group, or a further node of the group. */
export type PodPlace = "leader" | "worker";

/** The engine of a copy that answers behind the routing proxy, which has the port that requests come to. */
const BEHIND_PROXY_PORT = 8200;
/** Where NIXL agrees on a transfer, by its default. */
export const TRANSFER_PORT = 5600;

export const enginePortOf = ({ role }: RoleArgs): number => (role.role === "decode" ? BEHIND_PROXY_PORT : SERVING_PORT);

/** Command line of a vLLM pod. */
export function engineArgs(args: RoleArgs, place: PodPlace): readonly string[] {
  const { endpoint, huggingFace, role } = args;
  return [
    `--model=${huggingFace}`,
    `--served-model-name=${endpoint.model}`,
    `--port=${enginePortOf(args)}`,
    ...(role.spread === "expert" ? expertWidths(args) : tensorWidths(args)),
    ...(role.nodesPerReplica > 1 ? groupArgs(args, place) : []),
    ...(QUANTIZATION[endpoint.precision] ?? []),
    ...(endpoint.speculation === null ? [] : [`--speculative-config=${draftConfig(endpoint.speculation)}`]),
    ...(isSplit(args) ? [`--kv-transfer-config=${transferConfig(args)}`] : []),
  ];
}

/** Tensor parallel inside a node, pipeline parallel over the nodes of a copy. */
const tensorWidths = ({ role }: RoleArgs): readonly string[] => [
  `--tensor-parallel-size=${role.gpusPerNode}`,
  ...(role.nodesPerReplica > 1 ? [`--pipeline-parallel-size=${role.nodesPerReplica}`] : []),
];

/** Attention by data, a rank on each GPU; vLLM tells ranks and local size from the number of nodes and the node's own. */
const expertWidths = ({ role }: RoleArgs): readonly string[] => [
  "--tensor-parallel-size=1",
  `--data-parallel-size=${gpusOfCopy(role)}`,
  "--enable-expert-parallel",
  ...(ALL_TO_ALL[role.role] ?? []),
];

/** DeepEP's kernels fit one kind of work each; a copy that does both takes what the engine takes by itself. */
const ALL_TO_ALL: Readonly<Record<string, readonly string[]>> = {
  prefill: ["--all2all-backend=deepep_high_throughput"],
  decode: ["--all2all-backend=deepep_low_latency"],
};

/** LeaderWorkerSet tells each pod its rank. */
const groupArgs = ({ role }: RoleArgs, place: PodPlace): readonly string[] => [
  `--nnodes=${role.nodesPerReplica}`,
  "--node-rank=$(LWS_WORKER_INDEX)",
  "--master-addr=$(LWS_LEADER_ADDRESS)",
  ...(place === "worker" ? ["--headless"] : []),
];

/** Formats that the engine applies itself; the others come with the checkpoint. */
const QUANTIZATION: Readonly<Record<string, readonly string[]>> = {
  fp8: ["--quantization=fp8"],
  "awq-int4": ["--quantization=awq"],
};

/** The model's own draft layers, or an EAGLE-3 draft that is loaded beside it. */
const draftConfig = ({ draft, draftTokens }: SpeculationPlan): string =>
  JSON.stringify(
    draft === null
      ? { method: "mtp", num_speculative_tokens: draftTokens }
      : { method: "eagle3", model: draft, num_speculative_tokens: draftTokens },
  );

/** KV caches go from GPU to GPU by NIXL; over EFA by libfabric alone, which NIXL does not choose by itself. */
const transferConfig = ({ pool }: RoleArgs): string =>
  JSON.stringify({
    kv_connector: "NixlConnector",
    kv_role: "kv_both",
    ...(pool.instances?.efaDevices ? { kv_connector_extra_config: { backends: ["LIBFABRIC"] } } : {}),
  });
