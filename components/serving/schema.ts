import { Type } from "typebox";
import { block, count, type Decided, fact, id, list, reference, text } from "../site/fields.ts";

const tenant = block(
  {
    id: id("Name of the tenant; its namespace carries it."),
    priority: count("Priority of its workloads in the queue; higher goes first.", 0, 1_000_000),
  },
  "Somebody whose workloads share the site.",
);

const image = (description: string) =>
  block(
    {
      repository: Type.String({
        pattern: "^[a-z0-9][a-z0-9._/:-]{0,199}$",
        maxLength: 200,
        description: "Registry and repository, without tag.",
      }),
      tag: Type.String({
        pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$",
        maxLength: 128,
        description: "Tag, for people.",
      }),
      digest: Type.Optional(
        Type.String({
          pattern: "^sha256:[0-9a-f]{64}$",
          maxLength: 71,
          description: "Digest of the image index: what is really pulled.",
        }),
      ),
      source: Type.Optional(text("Where the digest was looked up.", 500)),
    },
    description,
  );

const tokens = (what: string) => Type.Number({ minimum: 1, maximum: 10_000_000, description: `Tokens: ${what}.` });

const lengths = (of: string) =>
  block(
    {
      mean: tokens("mean"),
      p50: tokens("median"),
      p90: tokens("nine of ten are no longer"),
      p99: tokens("99 of a hundred are no longer"),
      max: tokens("the longest"),
    },
    `How long ${of} are.`,
  );

const trace = block(
  {
    source: text("Where and when the requests were counted.", 500),
    burstiness: Type.Number({
      minimum: 0,
      maximum: 1_000,
      description: "Standard deviation of the time between requests over its mean: 1 where they come at random.",
    }),
    input: lengths("prompts"),
    output: lengths("answers"),
  },
  "What a trace of the site's own requests says of itself, as `millrace traffic <file>` writes it.",
);

const traffic = block(
  {
    profile: Type.Optional(reference("traffic", "Catalog trace whose lengths and unevenness the requests have.")),
    trace: Type.Optional(trace),
    peak: fact("rate", "Requests in the busiest minute, all replicas together."),
    prefixHitRate: fact("ratio", "Share of prompt tokens that the prefix cache answers."),
  },
  "The requests that the endpoint is built for.",
);

const objective = block(
  {
    timeToFirstToken: fact("duration", "Time from request to first token that 95 of a hundred requests stay within."),
    interToken: fact("duration", "Time between two tokens that 95 of a hundred stay within."),
  },
  "What its users are promised.",
);

/** How a copy of the model lies on its GPUs. */
const SPREADS = ["tensor", "expert"] as const;

const copies = {
  replicas: Type.Unsafe<number | "auto">({
    type: ["integer", "string"],
    minimum: 1,
    maximum: 100_000,
    pattern: "^auto$",
    maxLength: 4,
    description: "Copies; auto counts as many as the peak needs, and those that go down with a rack or an instance.",
    examples: ["auto", 4],
  }),
  nodesPerReplica: count("Nodes that one copy spans: 1 is a Deployment, more a LeaderWorkerSet.", 1, 16),
  gpusPerNode: count("GPUs that a copy takes on each of its nodes.", 1, 16),
  spread: Type.Optional(
    Type.Enum([...SPREADS], {
      description:
        "tensor: tensor parallel within a node, pipeline over the nodes of a copy. expert: data-parallel attention with a rank on each GPU, the experts spread over all of them; of models with routed experts. Without it: tensor.",
    }),
  ),
};

const speculation = block(
  {
    draftTokens: count("Tokens that are drafted before each step, which verifies them.", 1, 8),
    acceptedTokens: fact(
      "ratio",
      "Tokens that a verified step yields on average, on requests like the endpoint's: from 1 to one more than is drafted.",
    ),
    draft: Type.Optional(
      Type.String({
        pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}$",
        maxLength: 193,
        description: "Hugging Face id of an EAGLE-3 draft for the model. Without it: the model's own draft layers.",
        examples: ["nvidia/Kimi-K2-Thinking-Eagle3"],
      }),
    ),
  },
  "Speculative decoding: drafts that the model verifies several at a time.",
);

const prefill = block(
  copies,
  "Copies that compute prompts alone and hand their KV cache over: the endpoint's own then only answer. They are built as one DisaggregatedSet, behind an InferencePool.",
);

const router = block(
  {
    picker: image(
      "Image of the endpoint picker: it chooses for each request where its prompt and its answer are computed.",
    ),
    sidecar: image("Image of the routing proxy beside each copy that answers: it has the prompt computed first."),
  },
  "The llm-d router of endpoints whose prompts have copies of their own.",
);

const endpoint = block(
  {
    id: id("Name of the endpoint."),
    tenant: reference("tenant", "Tenant that owns it."),
    pool: reference("pool", "Pool that its nodes come from."),
    model: reference("model", "Catalog model that it serves."),
    precision: Type.Enum(["bf16", "fp8", "nvfp4", "mxfp4", "awq-int4", "auto"], {
      description: "Weight format of the checkpoint; auto takes the widest that keeps the objective with a rack lost.",
    }),
    ...copies,
    prefill: Type.Optional(prefill),
    speculation: Type.Optional(speculation),
    traffic: Type.Optional(traffic),
    objective: Type.Optional(objective),
    image: image("Container image of the engine, pinned by digest."),
  },
  "A model served to a tenant.",
);

export const serving = block(
  {
    tenants: list(tenant, "Tenants of the site.", 0, 1_000),
    endpoints: list(endpoint, "Model endpoints.", 0, 10_000),
    router: Type.Optional(router),
  },
  "What runs on the pools.",
);
export type Serving = Decided<typeof serving>;
export type Endpoint = Serving["endpoints"][number];
export type Copies = NonNullable<Endpoint["prefill"]>;
export type Spread = NonNullable<Copies["spread"]>;
export type Image = Endpoint["image"];
