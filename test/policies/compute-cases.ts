import { UNKNOWN } from "../../policies/registered.ts";
import { adding, deployment, queueWith } from "../support/by-hand.ts";
import type { RuleCases } from "../support/rule-case.ts";
import { labWith } from "../support/sites.ts";

const held = labWith(["state: online", "state: burn-in"]);

export const COMPUTE_CASES: RuleCases = {
  "compute/pool-capacity": {
    pass: { subject: "pools.gb300", verdict: "proved" },
    fail: { registered: adding(deployment("64")), subject: "pools.gb300", verdict: "violated" },
    boundary: { registered: adding(deployment("32")), subject: "pools.gb300", verdict: "proved" },
    "past the boundary": { registered: adding(deployment("33")), subject: "site", verdict: "violated" },
    unknown: { registered: adding(deployment(UNKNOWN)), subject: "pools.gb300", verdict: "unproved" },
  },
  "compute/pool-plan": {
    pass: { subject: "pools.gb300", verdict: "proved" },
    fail: { registered: queueWith("nvidia.com/gpu", "576"), subject: "pools.gb300", verdict: "violated" },
    boundary: { registered: queueWith("nvidia.com/gpu", "512"), subject: "pools.gb300", verdict: "proved" },
    "past the boundary": { registered: queueWith("nvidia.com/gpu", 513), subject: "pools.gb300", verdict: "violated" },
    unknown: { registered: queueWith("nvidia.com/gpu", "lots"), subject: "pools.gb300", verdict: "unproved" },
  },
  "compute/held": {
    pass: { text: held, subject: "pools.gb300", verdict: "proved" },
    fail: { text: held, registered: adding(deployment("4")), subject: "pools.gb300", verdict: "violated" },
    boundary: { text: held, registered: queueWith("nvidia.com/gpu", "0"), subject: "pools.gb300", verdict: "proved" },
    "past the boundary": {
      text: held,
      registered: queueWith("nvidia.com/gpu", "1"),
      subject: "pools.gb300",
      verdict: "violated",
    },
    unknown: {
      text: held,
      registered: queueWith("nvidia.com/gpu", UNKNOWN),
      subject: "pools.gb300",
      verdict: "unproved",
    },
    empty: { subject: "site", verdict: "not-applicable" },
  },
  "compute/queued": {
    pass: {
      registered: adding(deployment("4")),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "proved",
    },
    fail: {
      registered: adding(deployment("64", { labels: {} })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "violated",
    },
    boundary: {
      registered: adding(deployment("64", { labels: { "kueue.x-k8s.io/queue-name": "nowhere" } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "violated",
    },
    unknown: {
      registered: adding(deployment("64", { labels: { "kueue.x-k8s.io/queue-name": UNKNOWN } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "unproved",
    },
    empty: { text: held, subject: "site", verdict: "not-applicable" },
  },
};
