import { expect, test } from "vitest";
import { UNKNOWN } from "../../policies/registered.ts";
import { adding } from "../support/by-hand.ts";
import { verdictOn } from "../support/context.ts";
import { labWith, siteText } from "../support/sites.ts";
import { nvsentinel, STATED } from "./remediation-cases.ts";

const quarantine = nvsentinel("fault-quarantine");

test.each([
  ["scaled to none", { replicas: 0 }, "violated"],
  ["to a number that is not known", { replicas: UNKNOWN }, "unproved"],
  ["on trial, in two words", { args: ["--dry-run", "--v=2"] }, "violated"],
  ["without a word on it", { args: [] }, "proved"],
  ["of somebody else", { image: "example.com/other" }, "violated"],
  ["of an image that is not known", { image: UNKNOWN }, "violated"],
] as const)("remediation %s", (_, parts, verdict) => {
  const registered = adding(quarantine, nvsentinel("fault-remediation", parts));
  expect(verdictOn("serving/remediation", "pools.gb300", { text: siteText("lab"), registered })).toBe(verdict);
});

test.each([
  ["stated", STATED, "proved"],
  ["by hand", STATED.replace("automatic", "by-hand"), "violated"],
  ["unknown", "    remediation: { value: unknown }\n", "unproved"],
])("without NVSentinel: %s", (_, stated, verdict) => {
  expect(verdictOn("serving/remediation", "pools.gb300", { text: labWith([STATED, stated]) })).toBe(verdict);
});
