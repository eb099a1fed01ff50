import { expect, test } from "vitest";
import { minimalFaults } from "../support/minimal-site.ts";

test("no endpoint is called what the address of another is", () => {
  const other =
    "    - { id: chat-api, tenant: research, pool: small, model: llama-3.1-70b, precision: fp8, replicas: 1, nodesPerReplica: 2, gpusPerNode: 4, image: { repository: r, tag: t } }\n";
  expect(minimalFaults(["  endpoints:\n", `  endpoints:\n${other}`])).toEqual([
    expect.objectContaining({ path: "serving.endpoints[0].id", got: "chat-api", fix: "rename it" }),
  ]);
  expect(minimalFaults(["id: chat\n", "id: chat-api\n"], ["endpoints.chat\n", "endpoints.chat-api\n"])).toEqual([]);
});

test("prompts on copies of their own need a router, and room for the names of their sets", () => {
  const split: readonly [string, string] = [
    "      nodesPerReplica: 1\n      gpusPerNode: 4\n",
    "      nodesPerReplica: 1\n      gpusPerNode: 4\n      prefill: { replicas: 1, nodesPerReplica: 1, gpusPerNode: 4 }\n",
  ];
  const router: readonly [string, string] = [
    "  endpoints:\n",
    "  router: { picker: { repository: r, tag: t }, sidecar: { repository: r, tag: t } }\n  endpoints:\n",
  ];
  const named = (id: string): readonly (readonly [string, string])[] => [
    ["id: chat\n", `id: ${id}\n`],
    ["endpoints.chat\n", `endpoints.${id}\n`],
  ];
  expect(minimalFaults(split)).toEqual([
    expect.objectContaining({ path: "serving.endpoints[0].prefill", got: "no serving.router" }),
  ]);
  // 39 letters of a queued LeaderWorkerSet: <set>-0-<8>-prefill leaves 20.
  expect(minimalFaults(split, router, ...named("a".repeat(20)))).toEqual([]);
  expect(minimalFaults(split, router, ...named("a".repeat(21)))).toEqual([
    expect.objectContaining({ path: "serving.endpoints[0].id", got: `${"a".repeat(21)}, 21 letters` }),
  ]);
});

test("a step yields its own token at least, and no more than is drafted beside it", () => {
  const drafting = (tokens: string, beside = ""): readonly [string, string] => [
    "      gpusPerNode: 4\n",
    `      gpusPerNode: 4\n${beside}      speculation: { draftTokens: 2, acceptedTokens: ${tokens} }\n`,
  ];
  for (const tokens of ["1", "3", "unknown"]) expect(minimalFaults(drafting(tokens))).toEqual([]);
  for (const tokens of ["0.99", "3.01"])
    expect(minimalFaults(drafting(tokens))).toEqual([
      expect.objectContaining({ path: "serving.endpoints[0].speculation.acceptedTokens", got: tokens }),
    ]);
  const router: readonly [string, string] = [
    "  endpoints:\n",
    "  router: { picker: { repository: r, tag: t }, sidecar: { repository: r, tag: t } }\n  endpoints:\n",
  ];
  const split = "      prefill: { replicas: 1, nodesPerReplica: 1, gpusPerNode: 4 }\n";
  expect(minimalFaults(router, drafting("2", split))).toEqual([
    expect.objectContaining({ path: "serving.endpoints[0].speculation", got: "speculation and prefill" }),
  ]);
});

test("traffic has one shape, and lengths that rise", () => {
  const lengths = (p99: number, mean = 5) => `{ mean: ${mean}, p50: 4, p90: 9, p99: ${p99}, max: 20 }`;
  const PROFILE = "profile: azure-2023-conversation";
  const traffic = (shape: string): readonly [string, string] => [`{ ${PROFILE}, peak`, `{ ${shape}, peak`];
  const trace = (input: string) => `trace: { source: counted, burstiness: 1, input: ${input}, output: ${lengths(9)} }`;
  expect(minimalFaults(traffic(trace(lengths(9))))).toEqual([]);
  expect(minimalFaults(traffic(PROFILE))).toEqual([]);
  expect(minimalFaults(traffic(`${PROFILE}, ${trace(lengths(9))}`))).toEqual([
    expect.objectContaining({ path: "serving.endpoints[0].traffic.trace", got: "profile and trace" }),
  ]);
  expect(minimalFaults([`{ ${PROFILE}, peak`, "{ peak"])).toEqual([
    expect.objectContaining({ path: "serving.endpoints[0].traffic", got: "neither profile nor trace" }),
  ]);
  expect(minimalFaults(traffic(trace(lengths(8))))).toEqual([
    expect.objectContaining({ path: "serving.endpoints[0].traffic.trace.input.p99", got: "8, p90 9" }),
  ]);
  expect(minimalFaults(traffic(trace(lengths(9, 21))))).toEqual([
    expect.objectContaining({ path: "serving.endpoints[0].traffic.trace.input.max", got: "20, mean 21" }),
  ]);
});
