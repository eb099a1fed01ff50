import type { Architecture, Attention, GroupedAttention, LatentAttention } from "../../catalog/architecture.ts";

/** Weights by what treats them alike: the same format, the same split over GPUs, the same reads per step. */
export interface Parameters {
  readonly total: number;
  /** Of all routed experts together. */
  readonly routed: number;
  /** Of the routed experts that one token passes. */
  readonly routedActive: number;
  /** Attention, dense MLP and shared experts: read in every step. */
  readonly linear: number;
  readonly router: number;
  /** Token embedding: looked up, not multiplied. 0 where it is tied to the head. */
  readonly embedding: number;
  readonly head: number;
}

/**
 * Parameter counts from dimensions. Within 0.1 % of checkpoints whose dimensions are complete; norms, biases and draft
 * layers are left out. Source: config.json of the models; DeepSeek-V3 report for latent attention.
 */
export function parametersOf(architecture: Architecture): Parameters {
  const { hidden, layers, dense, routed, vocabulary, tiedEmbeddings } = architecture;
  const expert = routed === null ? 0 : 3 * hidden * routed.intermediate;
  const routedTotal = routed === null ? 0 : routed.layers * routed.experts * expert;
  const shared = routed === null ? 0 : routed.layers * routed.shared * 3 * hidden * routed.sharedIntermediate;
  const linear =
    attentionParameters(architecture.attention, hidden, layers) +
    (dense === null ? 0 : dense.layers * 3 * hidden * dense.intermediate) +
    shared;
  const router = routed === null ? 0 : routed.layers * hidden * routed.experts;
  const head = vocabulary * hidden;
  const embedding = tiedEmbeddings ? 0 : head;
  return {
    total: routedTotal + linear + router + head + embedding,
    routed: routedTotal,
    routedActive: routed === null ? 0 : routed.layers * routed.activePerToken * expert,
    linear,
    router,
    embedding,
    head,
  };
}

const attentionParameters = (attention: Attention, hidden: number, layers: number): number =>
  attention.kind === "latent" ? layers * latentLayer(attention, hidden) : groupedLayers(attention, hidden);

function latentLayer(a: LatentAttention, hidden: number): number {
  const head = a.nopeDim + a.ropeDim;
  const query = a.queryRank > 0 ? hidden * a.queryRank + a.queryRank * a.heads * head : hidden * a.heads * head;
  const indexer =
    a.indexer === null
      ? 0
      : a.queryRank * a.indexer.heads * a.indexer.dim + hidden * a.indexer.dim + hidden * a.indexer.heads;
  return (
    query +
    hidden * (a.keyValueRank + a.ropeDim) +
    a.keyValueRank * a.heads * (a.nopeDim + a.valueDim) +
    a.heads * a.valueDim * hidden +
    indexer
  );
}

function groupedLayers(a: GroupedAttention, hidden: number): number {
  const softmax = hidden * a.headDim * ((a.queryGate ? 3 : 2) * a.heads + 2 * a.keyValueHeads);
  const softmaxLayers = a.fullLayers + (a.windowed?.layers ?? 0);
  if (a.linear === null) return softmaxLayers * softmax;
  const { layers, keyHeads, keyDim, valueHeads, valueDim, convolution } = a.linear;
  const keys = keyHeads * keyDim;
  const values = valueHeads * valueDim;
  // Query, key, value and gate in; two scalars a value head; a short convolution; value out.
  const linear =
    hidden * (2 * keys + 2 * values + 2 * valueHeads) + (2 * keys + values) * convolution + values * hidden;
  return softmaxLayers * softmax + layers * linear;
}
