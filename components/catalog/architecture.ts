/** Dimensions of a decoder model, in elements and counts. Formulas on them are in components/serving/capacity. */
export interface Architecture {
  readonly layers: number;
  readonly hidden: number;
  readonly vocabulary: number;
  readonly tiedEmbeddings: boolean;
  readonly attention: Attention;
  /** Layers with a dense gated MLP; null where every layer routes. */
  readonly dense: DenseLayers | null;
  readonly routed: RoutedLayers | null;
  /** Draft layers shipped with the checkpoint for speculation. */
  readonly draftLayers: number;
  readonly maxContext: number;
  /** Format the checkpoint is shipped in, where not bf16. */
  readonly nativeFormat: "fp8" | "mxfp4" | "int4" | null;
}

export interface DenseLayers {
  readonly layers: number;
  readonly intermediate: number;
}

export interface RoutedLayers {
  readonly layers: number;
  readonly experts: number;
  readonly activePerToken: number;
  readonly intermediate: number;
  /** Experts that every token passes. */
  readonly shared: number;
  readonly sharedIntermediate: number;
}

export type Attention = GroupedAttention | LatentAttention;

/** Multi-head and grouped-query attention, with windowed or linear layers beside the full ones. */
export interface GroupedAttention {
  readonly kind: "grouped";
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headDim: number;
  readonly queryGate: boolean;
  readonly fullLayers: number;
  /** Layers that look back over `window` tokens only. A chunked layer keeps no more than a window, too. */
  readonly windowed: { readonly layers: number; readonly window: number; readonly chunked: boolean } | null;
  readonly linear: LinearLayers | null;
}

/** Layers whose state does not grow with the context (gated delta). */
export interface LinearLayers {
  readonly layers: number;
  readonly keyHeads: number;
  readonly valueHeads: number;
  readonly keyDim: number;
  readonly valueDim: number;
  readonly convolution: number;
}

/** Multi-head latent attention: one compressed entry per token and layer, the same for all heads. */
export interface LatentAttention {
  readonly kind: "latent";
  readonly heads: number;
  readonly queryRank: number;
  readonly keyValueRank: number;
  readonly nopeDim: number;
  readonly ropeDim: number;
  readonly valueDim: number;
  /** Sparse attention: an indexer scores all tokens and attention reads the best `topK`. */
  readonly indexer: { readonly heads: number; readonly dim: number; readonly topK: number } | null;
}
