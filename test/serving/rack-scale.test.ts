import { expect, test } from "vitest";
import { loadCatalog } from "../../components/catalog/load.ts";
import { type DeploymentQuestion, deploymentOf } from "../../components/serving/capacity/deployment.ts";
import { CONSTANTS } from "../../components/serving/capacity/knowledge.ts";
import { prefillSeconds, stepSeconds } from "../../components/serving/capacity/step.ts";
import { rackScale } from "../accuracy/rack-scale.ts";

const catalog = loadCatalog();

test("published figures of large systems are within 15 %, but for the mean of a day", () => {
  const off = rackScale(CONSTANTS).flatMap(({ id, published, predicted }) =>
    predicted === null || Math.abs(predicted / published - 1) <= 0.15 ? [] : [id],
  );
  expect(off).toEqual(["ds-open-infra-prefill"]);
});

function deployed(change: Partial<DeploymentQuestion> = {}) {
  const architecture = catalog.models.get("deepseek-v3")?.architecture.value;
  const gpu = catalog.gpus.get("gb200");
  if (!architecture || !gpu) throw new Error("in the catalog");
  const deployment = deploymentOf({
    architecture,
    gpu,
    precision: { linear: "fp8-block", experts: "fp8-block", keyValue: "bf16" },
    parallel: { tensor: 1, attentionData: 48, expertTensor: 1, expert: 48, pipeline: 1 },
    engine: "sglang",
    ...change,
  });
  if (deployment === null) throw new Error("GB200 computes fp8");
  return deployment;
}
const decode = (change?: Partial<DeploymentQuestion>): number =>
  stepSeconds(CONSTANTS, deployed(change), { decodeSequences: 256, contextTokens: 2000 });

test("ranks that are loaded alike wait for none", () => {
  expect(decode({ tuning: { evenExperts: true } })).toBeLessThan(decode());
});

test("tokens are dispatched in the format that the experts multiply", () => {
  const exchanged = (experts: "bf16" | "fp8" | "nvfp4") =>
    deployed({ precision: { linear: "fp8-block", experts, keyValue: "bf16" } }).experts?.activationBytes;
  expect([exchanged("bf16"), exchanged("fp8"), exchanged("nvfp4")]).toEqual([2, 1.03, 0.5625]);
});

test("a full prefill step of more tokens takes less time a token", () => {
  const prefill = (prefillStepTokens: number): number =>
    prefillSeconds(CONSTANTS, deployed({ tuning: { prefillStepTokens } }), 2000);
  expect(prefill(16_384)).toBeLessThan(prefill(8_192));
});

test("an exchange that leaves the scale-up domain is half hidden, one inside it is not", () => {
  const gpu = catalog.gpus.get("gb200");
  if (!gpu) throw new Error("in the catalog");
  const outside = { ...gpu, gpusPerDomain: 8, scaleOutBytesPerSecond: gpu.scaleUpBytesPerSecond };
  expect(decode({ gpu: outside })).toBeLessThan(decode());
});
