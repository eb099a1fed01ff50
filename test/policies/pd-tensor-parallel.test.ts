import { expect, test } from "vitest";
import { UNKNOWN } from "../../policies/registered.ts";
import { adding } from "../support/by-hand.ts";
import { findingsOf } from "../support/context.ts";
import { engine, NIXL, split } from "../support/engines.ts";
import { siteText } from "../support/sites.ts";

const RULE = "serving/pd-tensor-parallel";
const lab = siteText("lab");
type Given = Parameters<typeof engine>[1];

const findings = (...engines: readonly ReturnType<typeof engine>[]) =>
  findingsOf(RULE, { text: lab, registered: adding(...engines) });
const verdicts = (prefill: Given, decode: Given) =>
  findings(engine("prefill", prefill), engine("decode", decode)).map(({ verdict }) => verdict);
const config = (connector: string, more: object = {}) => JSON.stringify({ kv_connector: connector, ...more });

test.each([
  [
    "by Mooncake both are equal",
    split(4, config("MooncakeConnector")),
    split(4, config("MooncakeConnector")),
    "proved",
  ],
  [
    "by Mooncake less is too little",
    split(3, config("MooncakeConnector")),
    split(4, config("MooncakeConnector")),
    "violated",
  ],
  ["a connector that is not known", split(2, config("MyConnector")), split(4, config("MyConnector")), "unproved"],
  ["no connector in common", split(2), split(4, config("MooncakeConnector")), "violated"],
  ["one is not known", split(2), split(4, UNKNOWN), "unproved"],
  ["no JSON", split(2), split(4, "{"), "unproved"],
  ["from the environment", split(2), split(4, "$(TRANSFER)"), "unproved"],
  ["a split from the environment", split("--tensor-parallel-size=$(TP)"), split(4), "unproved"],
  ["a script", ["vllm serve --kv-transfer-config '{}'"], split(4), "unproved"],
  ["part by part", [...split(2), "--kv-transfer-config.kv_role=kv_both"], split(4), "unproved"],
  ["settings in a file", ["--config=/settings.yaml", "--kv-transfer-config", NIXL], split(4), "unproved"],
  ["no argument is known", UNKNOWN, split(4), "unproved"],
  ["the engine's own default is one", ["--kv-transfer-config", NIXL], ["--kv-transfer-config", NIXL], "proved"],
  ["the short name, and the last of two", ["-tp", "8", "-tp", "4", "--kv_transfer_config", NIXL], split(4), "proved"],
  [
    "one of several connectors",
    split(
      8,
      config("MultiConnector", { kv_connector_extra_config: { connectors: [{ kv_connector: "NixlConnector" }] } }),
    ),
    split(4),
    "violated",
  ],
  [
    "several connectors that are not known",
    split(2, config("MultiConnector")),
    split(4, config("MultiConnector")),
    "unproved",
  ],
])("%s", (_, prefill, decode, verdict) => {
  expect(verdicts({ args: prefill }, { args: decode })).toEqual([verdict]);
});

test.each([
  ["deepseek-r1", "proved"],
  ["deepseek-ai/DeepSeek-R1", "proved"],
  ["qwen3-next-80b-a3b", "proved"],
  ["llama-3.1-8b", "violated"],
  ["a model of ours", "unproved"],
])("prefill wider than decode for %s: %s", (model, verdict) => {
  expect(verdicts({ model, args: split(8) }, { model, args: split(4) })).toEqual([verdict]);
});

test("without a label the configuration tells the role", () => {
  const role = (kvRole: string, gpus: number) => ({
    role: null,
    args: split(gpus, config("NixlConnector", { kv_role: kvRole })),
  });
  expect(verdicts(role("kv_producer", 8), role("kv_consumer", 4))).toEqual(["violated"]);
  expect(verdicts(role("kv_producer", 4), role("kv_consumer", 8))).toEqual(["proved"]);
  // Either may prefill for the other: nothing is wrong for certain.
  expect(verdicts(role("kv_both", 8), role("kv_both", 4))).toEqual(["unproved"]);
});

test("engines of one name in two namespaces are two models", () => {
  const found = findings(
    engine("prefill", { args: split(8), namespace: "one" }),
    engine("decode", { args: split(4), namespace: "two" }),
  );
  expect(found.map(({ subject, verdict }) => [subject, verdict])).toEqual([
    ["transfers.two.llama-3.1-70b", "unproved"],
    ["transfers.one.llama-3.1-70b", "unproved"],
  ]);
});

test("a label that is not known leaves the engine alone, and open", () => {
  const found = findings(engine("prefill", { model: UNKNOWN, args: split(2) }), engine("decode", { args: split(4) }));
  expect(found.map(({ subject, verdict }) => [subject, verdict])).toEqual([
    ["transfers.tenant-research.llama-3.1-70b", "unproved"],
    ["transfers.workloads.tenant-research.Deployment.prefill", "unproved"],
  ]);
});

test("caches that are put aside are handed to nobody", () => {
  const aside = { role: null, args: split(2, config("OffloadingConnector", { kv_role: "kv_both" })) };
  expect(findings(engine("one", aside), engine("two", aside))).toMatchObject([{ verdict: "not-applicable" }]);
});

test("roles of one DisaggregatedSet are held against each other", () => {
  const { object } = engine("prefill", { args: split(8) });
  const template = (object as { spec: { template: object } }).spec.template;
  const decode = (engine("decode", { args: split(4) }).object as { spec: { template: object } }).spec.template;
  const role = (name: string, workerTemplate: object) => ({
    name,
    spec: { replicas: 1, leaderWorkerTemplate: { size: 2, workerTemplate } },
  });
  const set = {
    urn: "set",
    object: {
      apiVersion: "disaggregatedset.x-k8s.io/v1",
      kind: "DisaggregatedSet",
      metadata: { name: "set", namespace: "tenant-research" },
      spec: { roles: [role("prefill", template), role("decode", decode)] },
    },
  };
  expect(findings(set)).toMatchObject([
    {
      verdict: "violated",
      message: expect.stringContaining("DisaggregatedSet set (prefill) and DisaggregatedSet set (decode): TP 8 ≤ 4"),
    },
  ]);
});
