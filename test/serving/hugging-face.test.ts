import { expect, test } from "vitest";
import { loadCatalog } from "../../components/catalog/load.ts";
import { architectureFromConfig } from "../../components/serving/capacity/hugging-face.ts";

const catalog = loadCatalog();
const shipped = (id: string) => catalog.models.get(id)?.architecture.value;

/** Keys of the models' published config.json that the formulas need. */
const LLAMA = {
  hidden_size: 8192,
  intermediate_size: 28672,
  max_position_embeddings: 131072,
  num_attention_heads: 64,
  num_hidden_layers: 80,
  num_key_value_heads: 8,
  vocab_size: 128256,
  tie_word_embeddings: false,
};
const DEEPSEEK = {
  first_k_dense_replace: 3,
  hidden_size: 7168,
  intermediate_size: 18432,
  kv_lora_rank: 512,
  max_position_embeddings: 163840,
  moe_intermediate_size: 2048,
  n_routed_experts: 256,
  n_shared_experts: 1,
  num_attention_heads: 128,
  num_experts_per_tok: 8,
  num_hidden_layers: 61,
  num_key_value_heads: 128,
  num_nextn_predict_layers: 1,
  q_lora_rank: 1536,
  qk_nope_head_dim: 128,
  qk_rope_head_dim: 64,
  quantization_config: { quant_method: "fp8" },
  v_head_dim: 128,
  vocab_size: 129280,
};
const GPT_OSS = {
  head_dim: 64,
  hidden_size: 2880,
  intermediate_size: 2880,
  layer_types: Array.from({ length: 36 }, (_, layer) => (layer % 2 === 0 ? "sliding_attention" : "full_attention")),
  max_position_embeddings: 131072,
  num_attention_heads: 64,
  num_experts_per_tok: 4,
  num_hidden_layers: 36,
  num_key_value_heads: 8,
  num_local_experts: 128,
  quantization_config: { quant_method: "mxfp4" },
  sliding_window: 128,
  vocab_size: 201088,
};
const QWEN_NEXT = {
  full_attention_interval: 4,
  head_dim: 256,
  hidden_size: 2048,
  intermediate_size: 5632,
  linear_conv_kernel_dim: 4,
  linear_key_head_dim: 128,
  linear_num_key_heads: 16,
  linear_num_value_heads: 32,
  linear_value_head_dim: 128,
  max_position_embeddings: 262144,
  moe_intermediate_size: 512,
  num_attention_heads: 16,
  num_experts: 512,
  num_experts_per_tok: 10,
  num_hidden_layers: 48,
  num_key_value_heads: 2,
  shared_expert_intermediate_size: 512,
  vocab_size: 151936,
};

test.each([
  ["llama-3.1-70b", LLAMA],
  ["deepseek-v3", DEEPSEEK],
  ["gpt-oss-120b", GPT_OSS],
  ["qwen3-next-80b-a3b", QWEN_NEXT],
])("the config.json of %s gives the architecture of the catalog", (id, config) => {
  expect(architectureFromConfig(config)).toEqual(shipped(id));
});

test("a multimodal file nests the text model", () => {
  expect(architectureFromConfig({ text_config: LLAMA, vocab_size: 1 })).toEqual(shipped("llama-3.1-70b"));
});

test("a key that the formulas need and that is missing makes the model not established", () => {
  const { vocab_size: _, ...lacking } = LLAMA;
  expect(architectureFromConfig(lacking)).toEqual({ missing: ["vocab_size"] });
  const { qk_rope_head_dim: __, ...latent } = DEEPSEEK;
  expect(architectureFromConfig(latent)).toEqual({ missing: ["qk_rope_head_dim"] });
});

test.each([null, [], "x", { hidden_size: "8192" }, { hidden_size: 1e300, num_hidden_layers: -1 }])(
  "what is no config is no model: %j",
  (config) => {
    expect(architectureFromConfig(config)).toHaveProperty("missing");
  },
);
