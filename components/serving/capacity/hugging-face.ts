import type {
  Architecture,
  Attention,
  DenseLayers,
  GroupedAttention,
  LatentAttention,
  LinearLayers,
  RoutedLayers,
} from "../../catalog/architecture.ts";

type Json = Readonly<Record<string, unknown>>;

/** Keys that the formulas need and the file lacks: the model is then not established. */
export interface MissingKeys {
  readonly missing: readonly string[];
}
export const isMissingKeys = (value: Architecture | MissingKeys): value is MissingKeys => "missing" in value;

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The architecture that a Hugging Face `config.json` describes; a multimodal file's `text_config`. Nothing is guessed but
 * what transformers itself defaults: heads of the cache are those of the query, and a head is hidden ÷ heads wide.
 */
export function architectureFromConfig(config: unknown): Architecture | MissingKeys {
  if (!isRecord(config)) return { missing: ["an object"] };
  const text = isRecord(config.text_config) ? { ...config, ...config.text_config } : config;
  const read = new Reader(text);
  const layers = read.need("num_hidden_layers");
  const hidden = read.need("hidden_size");
  const attention = attentionOf(read, layers, hidden);
  const routed = routedOf(read, layers);
  const denseCount = layers - (routed?.layers ?? 0);
  const dense: DenseLayers | null =
    denseCount > 0
      ? { layers: denseCount, intermediate: read.need("intermediate_size_mlp", "intermediate_size") }
      : null;
  const architecture: Architecture = {
    layers,
    hidden,
    vocabulary: read.need("vocab_size"),
    tiedEmbeddings: text.tie_word_embeddings === true,
    attention,
    dense,
    routed,
    draftLayers: read.maybe("num_nextn_predict_layers", "mtp_num_hidden_layers") ?? 0,
    maxContext: read.need("max_position_embeddings"),
    nativeFormat: nativeFormat(text.quantization_config),
  };
  return read.missing.length === 0 ? architecture : { missing: read.missing };
}

/** Reads counts, and remembers which of those that are needed are not there. */
class Reader {
  readonly json: Json;
  readonly missing: string[] = [];

  constructor(json: Json) {
    this.json = json;
  }

  maybe(...keys: readonly string[]): number | null {
    for (const key of keys) {
      const value = this.json[key];
      if (typeof value === "number" && Number.isInteger(value) && value > 0 && value < 1e9) return value;
    }
    return null;
  }

  need(...keys: readonly string[]): number {
    const value = this.maybe(...keys);
    if (value === null) this.missing.push(keys.join(" or "));
    return value ?? 1;
  }
}

function attentionOf(read: Reader, layers: number, hidden: number): Attention {
  return read.maybe("kv_lora_rank") === null ? grouped(read, layers, hidden) : latent(read);
}

function latent(read: Reader): LatentAttention {
  const indexHeads = read.maybe("index_n_heads");
  return {
    kind: "latent",
    heads: read.need("num_attention_heads"),
    queryRank: read.maybe("q_lora_rank") ?? 0,
    keyValueRank: read.need("kv_lora_rank"),
    nopeDim: read.need("qk_nope_head_dim"),
    ropeDim: read.need("qk_rope_head_dim"),
    valueDim: read.need("v_head_dim"),
    indexer:
      indexHeads === null
        ? null
        : { heads: indexHeads, dim: read.need("index_head_dim"), topK: read.need("index_topk") },
  };
}

function grouped(read: Reader, layers: number, hidden: number): GroupedAttention {
  const heads = read.need("num_attention_heads");
  const kinds = layerKinds(read.json.layer_types);
  const window = read.maybe("sliding_window", "attention_chunk_size");
  const windowedLayers = window === null ? 0 : kinds.windowed;
  const linear = linearOf(read, layers, kinds.linear);
  return {
    kind: "grouped",
    heads,
    keyValueHeads: read.maybe("num_key_value_heads") ?? heads,
    headDim: read.maybe("head_dim") ?? Math.floor(hidden / heads),
    queryGate: read.json.attn_output_gate === true || linear !== null,
    fullLayers: layers - windowedLayers - (linear?.layers ?? 0),
    windowed:
      window === null || windowedLayers === 0
        ? null
        : { layers: windowedLayers, window, chunked: read.maybe("attention_chunk_size") !== null },
    linear,
  };
}

function layerKinds(types: unknown): { readonly windowed: number; readonly linear: number } {
  const names = Array.isArray(types) ? types.map(String) : [];
  const count = (...words: readonly string[]): number =>
    names.filter((name) => words.some((word) => name.startsWith(word))).length;
  return { windowed: count("sliding", "chunked"), linear: count("linear") };
}

function linearOf(read: Reader, layers: number, listed: number): LinearLayers | null {
  const valueHeads = read.maybe("linear_num_value_heads");
  if (valueHeads === null) return null;
  const interval = read.maybe("full_attention_interval");
  const unlisted = interval === null ? 0 : layers - Math.floor(layers / interval);
  if (listed === 0 && unlisted === 0) read.missing.push("layer_types or full_attention_interval");
  return {
    layers: listed > 0 ? listed : unlisted,
    keyHeads: read.need("linear_num_key_heads"),
    valueHeads,
    keyDim: read.need("linear_key_head_dim"),
    valueDim: read.need("linear_value_head_dim"),
    convolution: read.need("linear_conv_kernel_dim"),
  };
}

function routedOf(read: Reader, layers: number): RoutedLayers | null {
  const experts = read.maybe("num_experts", "num_local_experts", "n_routed_experts");
  if (experts === null) return null;
  const dense = read.maybe("first_k_dense_replace") ?? 0;
  const every = read.maybe("interleave_moe_layer_step", "decoder_sparse_step") ?? 1;
  const sharedIntermediate = read.maybe("shared_expert_intermediate_size");
  const intermediate = read.need("moe_intermediate_size", "intermediate_size");
  const shared = read.maybe("n_shared_experts") ?? (sharedIntermediate === null ? 0 : 1);
  return {
    layers: Math.floor((layers - dense) / every),
    experts,
    activePerToken: read.need("num_experts_per_tok"),
    intermediate,
    shared,
    sharedIntermediate: sharedIntermediate ?? (shared > 0 ? intermediate : 0),
  };
}

function nativeFormat(quantization: unknown): Architecture["nativeFormat"] {
  const method = isRecord(quantization) ? String(quantization.quant_method ?? "") : "";
  if (method === "fp8" || method === "mxfp4") return method;
  return method === "compressed-tensors" || method === "awq" || method === "gptq" ? "int4" : null;
}
