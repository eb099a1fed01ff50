import { type Parallel, tensorParallel } from "./capacity/parallel.ts";
import type { Copies, Endpoint, Spread } from "./schema.ts";

/** What copies of the model do: everything, or prompts alone, or answers alone. */
export type Role = "all" | "prefill" | "decode";

/** Before what is told of the copies of a role, where there are two. */
export const TOLD_OF = { all: "", prefill: "prompts: ", decode: "answers: " } as const;

/** Copies of one role as the blueprint spreads them. */
export interface RoleCopies extends Copies {
  readonly role: Role;
  readonly spread: Spread;
  readonly at: string;
}

/** The copies of an endpoint: one kind, or those of prompts before those of answers. */
export const rolesOf = (endpoint: Endpoint, at: string): readonly RoleCopies[] =>
  endpoint.prefill === undefined
    ? [copiesOf("all", endpoint, at)]
    : [copiesOf("prefill", endpoint.prefill, `${at}.prefill`), copiesOf("decode", endpoint, at)];

const copiesOf = (role: Role, { replicas, nodesPerReplica, gpusPerNode, spread }: Copies, at: string): RoleCopies => ({
  role,
  replicas,
  nodesPerReplica,
  gpusPerNode,
  spread: spread ?? "tensor",
  at,
});

type Widths = Pick<RoleCopies, "nodesPerReplica" | "gpusPerNode" | "spread">;

export const gpusOfCopy = ({ nodesPerReplica, gpusPerNode }: Widths): number => nodesPerReplica * gpusPerNode;

/** How the model is computed on the GPUs of a copy. */
export const parallelOf = (widths: Widths): Parallel =>
  widths.spread === "expert"
    ? expertParallel(gpusOfCopy(widths))
    : tensorParallel(widths.gpusPerNode, widths.nodesPerReplica);

/** Attention by data, a rank on each GPU; experts spread over the same GPUs. */
export const expertParallel = (gpus: number): Parallel => ({
  tensor: 1,
  attentionData: gpus,
  expertTensor: 1,
  expert: gpus,
  pipeline: 1,
});

/** The blueprint's fields of a layout: nodes no wider than the pool's. */
export function widthsOf({ tensor, pipeline, attentionData }: Parallel, nodeGpus: number): Widths {
  if (attentionData === 1) return { spread: "tensor", gpusPerNode: tensor, nodesPerReplica: pipeline };
  const gpusPerNode = Math.min(nodeGpus, attentionData);
  return { spread: "expert", gpusPerNode, nodesPerReplica: Math.ceil(attentionData / gpusPerNode) };
}
