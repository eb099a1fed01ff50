import { labWith, type Replacements } from "./sites.ts";

const DIGEST = `sha256:${"0".repeat(64)}`;
const image = (repository: string) =>
  `{ repository: ${repository}, tag: v0.10.0, digest: "${DIGEST}", source: made up }`;

/** Images of a router, made up. */
const ROUTER = `  router:
    picker: ${image("ghcr.io/llm-d/llm-d-router-endpoint-picker")}
    sidecar: ${image("ghcr.io/llm-d/llm-d-router-disagg-sidecar")}
`;

const DEEPSEEK = "replicas: 14\n      nodesPerReplica: 4\n      gpusPerNode: 4\n";
const ANSWERS = "replicas: 8\n      nodesPerReplica: 4\n      gpusPerNode: 4\n      spread: expert\n";
const PROMPTS = "      prefill: { replicas: 20, nodesPerReplica: 1, gpusPerNode: 4 }\n";

/** The lab, its DeepSeek-R1 with prompts on copies of their own and experts spread over those that answer. */
export const splitLabWith = (...changes: Replacements): string =>
  labWith(["  endpoints:\n", `${ROUTER}  endpoints:\n`], [DEEPSEEK, `${ANSWERS}${PROMPTS}`], ...changes);
