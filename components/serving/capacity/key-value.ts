import type { Architecture, GroupedAttention, LatentAttention } from "../../catalog/architecture.ts";

export type KeyValueFormat = "bf16" | "fp8";
const BYTES: Readonly<Record<KeyValueFormat, number>> = { bf16: 2, fp8: 1 };

/** Indexer entry of sparse attention: an fp8 key and its fp32 scale. */
const INDEXER_SCALE_BYTES = 4;

/**
 * The cache of one sequence on one GPU: bytes that grow with every token, bytes of windowed layers per token up to their
 * window, and state that does not grow.
 */
export interface KeyValue {
  readonly bytesPerToken: number;
  readonly windowed: { readonly bytesPerToken: number; readonly window: number } | null;
  readonly stateBytes: number;
}

/**
 * Exact per format and split. Grouped attention divides its heads over `tensor` ranks, replicated beyond them; a latent
 * entry serves all heads and is on every rank; linear state divides over the ranks.
 */
export function keyValueOf(architecture: Architecture, format: KeyValueFormat, tensor = 1): KeyValue {
  const { attention, layers } = architecture;
  return attention.kind === "latent"
    ? { bytesPerToken: layers * latentEntry(attention, format), windowed: null, stateBytes: 0 }
    : grouped(attention, BYTES[format], tensor);
}

/** Sparse attention in fp8 keeps the rotary part in bf16 (DeepSeek-V3.2 release). */
function latentEntry(a: LatentAttention, format: KeyValueFormat): number {
  if (a.indexer === null) return (a.keyValueRank + a.ropeDim) * BYTES[format];
  const entry = a.keyValueRank * BYTES[format] + a.ropeDim * BYTES.bf16;
  return entry + a.indexer.dim + INDEXER_SCALE_BYTES;
}

function grouped(a: GroupedAttention, bytes: number, tensor: number): KeyValue {
  const layer = 2 * Math.ceil(a.keyValueHeads / tensor) * a.headDim * bytes;
  const windowed = a.windowed && { bytesPerToken: a.windowed.layers * layer, window: a.windowed.window };
  return { bytesPerToken: a.fullLayers * layer, windowed, stateBytes: linearState(a) / tensor };
}

/** fp32 state of each value head, and the tail of the short convolution in bf16. */
function linearState({ linear }: GroupedAttention): number {
  if (linear === null) return 0;
  const { layers, keyHeads, valueHeads, keyDim, valueDim, convolution } = linear;
  const state = valueHeads * keyDim * valueDim * 4;
  const tail = (2 * keyHeads * keyDim + valueHeads * valueDim) * (convolution - 1) * 2;
  return layers * (state + tail);
}

/** Bytes that grow with the context at `tokens` tokens: what attention reads, and what memory must hold. */
export const residentBytes = ({ bytesPerToken, windowed }: KeyValue, tokens: number): number =>
  tokens * bytesPerToken + (windowed === null ? 0 : Math.min(tokens, windowed.window) * windowed.bytesPerToken);
