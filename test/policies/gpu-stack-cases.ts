import { UNKNOWN } from "../../policies/registered.ts";
import { adding, changed, deployment, without } from "../support/by-hand.ts";
import type { RuleCases } from "../support/rule-case.ts";
import { labWith } from "../support/sites.ts";

const retired = labWith(["state: online", "state: retired"]);
const held = labWith(["state: online", "state: burn-in"]);

export const GPU_STACK_CASES: RuleCases = {
  "compute/power-counters": {
    pass: { subject: "gpus.cluster-policy", verdict: "proved" },
    fail: {
      registered: changed("ClusterPolicy", (object) => ({ ...object, spec: { dcgmExporter: { enabled: false } } })),
      subject: "gpus.cluster-policy",
      verdict: "violated",
    },
    "past the boundary": {
      registered: changed("ConfigMap", (object) => ({
        ...object,
        data: { "dcgm-metrics.csv": JSON.stringify(object.data).replace("DCGM_FI_DEV_THERMAL_VIOLATION", "# no") },
      })),
      subject: "gpus.cluster-policy",
      verdict: "violated",
    },
    unknown: {
      registered: changed("ConfigMap", (object) => ({ ...object, data: UNKNOWN })),
      subject: "gpus.cluster-policy",
      verdict: "unproved",
    },
    nothing: { registered: without("ClusterPolicy"), subject: "gpus.policy", verdict: "unproved" },
    empty: { text: retired, subject: "site", verdict: "not-applicable" },
  },
  "serving/topology-annotation": {
    pass: { subject: "workloads.tenant-research.Deployment.llama-70b", verdict: "proved" },
    fail: {
      registered: adding(deployment("4")),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "violated",
    },
    unknown: {
      registered: adding(deployment(UNKNOWN)),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "unproved",
    },
    empty: { text: held, subject: "site", verdict: "not-applicable" },
  },
};
