import { type RegisteredObject, UNKNOWN } from "../../policies/registered.ts";
import { adding } from "../support/by-hand.ts";
import type { RuleCases } from "../support/rule-case.ts";
import { labWith } from "../support/sites.ts";

const SUBJECT = "pools.gb300";

export const STATED =
  '    remediation: { value: automatic, source: "failure injection LAB-AT-010: NVSentinel cordoned, drained and reset the node" }\n';

/** A module of NVSentinel, as its chart makes it. */
export const nvsentinel = (
  name: string,
  {
    args = ["--dry-run=false"],
    replicas = 1,
    image = `ghcr.io/nvidia/nvsentinel/${name}@sha256:${"0".repeat(64)}`,
  }: {
    readonly args?: unknown;
    readonly replicas?: unknown;
    readonly image?: unknown;
  } = {},
): RegisteredObject => ({
  urn: `urn:pulumi:lab::millrace::kubernetes:apps/v1:Deployment::${name}`,
  object: {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "nvsentinel" },
    spec: { replicas, template: { spec: { containers: [{ name, image, args }] } } },
  },
});
const watching = nvsentinel("labeler");
const quarantine = nvsentinel("fault-quarantine");
const mending = nvsentinel("fault-remediation");

/** Cases of the rule on what is done about faulty nodes. */
export const REMEDIATION_CASES: RuleCases = {
  "serving/remediation": {
    pass: { registered: adding(watching, quarantine, mending), subject: SUBJECT, verdict: "proved" },
    fail: { registered: adding(watching), subject: SUBJECT, verdict: "violated" },
    boundary: {
      registered: adding(quarantine, nvsentinel("fault-remediation-module")),
      subject: SUBJECT,
      verdict: "proved",
    },
    "past the boundary": {
      registered: adding(quarantine, nvsentinel("fault-remediation", { args: ["--dry-run=true"] })),
      subject: SUBJECT,
      verdict: "violated",
    },
    unknown: {
      registered: adding(quarantine, nvsentinel("fault-remediation", { args: UNKNOWN })),
      subject: SUBJECT,
      verdict: "unproved",
    },
    nothing: { text: labWith([STATED, ""]), subject: SUBJECT, verdict: "unproved" },
    empty: { text: labWith(["state: online", "state: retired"]), subject: "site", verdict: "not-applicable" },
  },
};
