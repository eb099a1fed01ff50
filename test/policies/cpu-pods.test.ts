import { expect, test } from "vitest";
import { UNKNOWN } from "../../policies/registered.ts";
import { adding, deployment } from "../support/by-hand.ts";
import { verdictOn } from "../support/context.ts";
import { siteText } from "../support/sites.ts";

const EXISTS = { tolerations: [{ operator: "Exists" }] };

test.each([
  ["a pod that selects a pool packs there", "0", { nodeSelector: { "millrace.dev/pool": "gb300" } }, "violated"],
  ["one that may ask for GPUs does nothing wrong for certain", UNKNOWN, EXISTS, "unproved"],
  ["one that may, and stays off the taint all the same", UNKNOWN, {}, "proved"],
  ["one with GPUs beside it belongs there", "4", EXISTS, "not-applicable"],
  [
    "a taint by value",
    "0",
    { tolerations: [{ key: "nvidia.com/gpu", operator: "Equal", value: "present" }] },
    "violated",
  ],
  ["another taint", "0", { tolerations: [{ key: "dedicated", operator: "Exists" }] }, "proved"],
  ["a pool that is not known", "0", { nodeSelector: { "millrace.dev/pool": UNKNOWN } }, "unproved"],
])("%s", (_, gpus, spec, verdict) => {
  const subject = verdict === "not-applicable" ? "site" : "workloads.tenant-research.Deployment.extra";
  const given = { text: siteText("lab"), registered: adding(deployment(gpus, { spec })) };
  expect(verdictOn("serving/cpu-pods-off-nvlink", subject, given)).toBe(verdict);
});
