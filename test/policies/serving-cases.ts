import { UNKNOWN } from "../../policies/registered.ts";
import { adding, deployment, without } from "../support/by-hand.ts";
import type { RuleCases } from "../support/rule-case.ts";
import { labWith, siteText } from "../support/sites.ts";
import { splitLabWith } from "../support/split-site.ts";

const lab = siteText("lab");
const withoutEndpoints = lab.replace(/ {2}endpoints:\n[\s\S]*?\n\ncost/, "  endpoints: []\n\ncost");
const LLAMA_TRAFFIC = /^ {6}traffic:\n(?: {8}.*\n)+/m.exec(lab)?.[0] ?? "";

const EXTRA = "workloads.tenant-research.Deployment.extra";
const cpuPods = (spec: object) => deployment("0", { spec });

/** The limits themselves, which a prediction does not meet to the digit, are in capacity.test.ts. */
export const SERVING_CASES: RuleCases = {
  "serving/memory": {
    pass: { subject: "endpoints.llama-70b", verdict: "proved" },
    fail: {
      text: labWith([
        "precision: nvfp4\n      replicas: 14\n      nodesPerReplica: 4",
        "precision: bf16\n      replicas: 14\n      nodesPerReplica: 1",
      ]),
      subject: "endpoints.deepseek-r1",
      verdict: "violated",
    },
    unknown: {
      text: labWith(["peak: { value: 300 /s,", "peak: { value: unknown,"]),
      subject: "endpoints.llama-70b",
      verdict: "unproved",
    },
    nothing: { text: labWith([LLAMA_TRAFFIC, ""]), subject: "endpoints.llama-70b", verdict: "unproved" },
    empty: { text: withoutEndpoints, subject: "site", verdict: "not-applicable" },
  },
  "serving/objective": {
    pass: { subject: "endpoints.llama-70b", verdict: "proved" },
    fail: {
      text: labWith(["peak: { value: 300 /s,", "peak: { value: 30000 /s,"]),
      subject: "endpoints.llama-70b",
      verdict: "violated",
    },
    unknown: {
      text: labWith(["interToken: { value: 60 ms,", "interToken: { value: unknown,"]),
      subject: "endpoints.llama-70b",
      verdict: "unproved",
    },
    nothing: { text: labWith([LLAMA_TRAFFIC, ""]), subject: "endpoints.llama-70b", verdict: "unproved" },
    empty: { text: withoutEndpoints, subject: "site", verdict: "not-applicable" },
  },
  "serving/failure-headroom": {
    pass: { subject: "endpoints.deepseek-r1", verdict: "proved" },
    fail: {
      text: labWith(["replicas: 14\n      nodesPerReplica: 4", "replicas: 4\n      nodesPerReplica: 4"]),
      subject: "endpoints.deepseek-r1",
      verdict: "violated",
    },
    unknown: {
      text: labWith(["peak: { value: 300 /s,", "peak: { value: unknown,"]),
      subject: "endpoints.llama-70b",
      verdict: "unproved",
    },
    "past the boundary": {
      text: splitLabWith(["replicas: 20, nodesPerReplica: 1", "replicas: 16, nodesPerReplica: 1"]),
      subject: "endpoints.deepseek-r1",
      verdict: "violated",
    },
    nothing: { text: labWith([LLAMA_TRAFFIC, ""]), subject: "endpoints.llama-70b", verdict: "unproved" },
    empty: { text: withoutEndpoints, subject: "site", verdict: "not-applicable" },
  },
  "serving/endpoint-fits": {
    pass: { subject: "endpoints.llama-70b", verdict: "proved" },
    fail: {
      text: labWith(["nodesPerReplica: 1\n      gpusPerNode: 4", "nodesPerReplica: 1\n      gpusPerNode: 8"]),
      subject: "endpoints.llama-70b",
      verdict: "violated",
    },
    boundary: {
      text: labWith(["replicas: 14\n      nodesPerReplica: 4", "replicas: 3\n      nodesPerReplica: 16"]),
      subject: "endpoints.deepseek-r1",
      verdict: "proved",
    },
    "past the boundary": {
      text: splitLabWith(["nodesPerReplica: 1, gpusPerNode: 4 }", "nodesPerReplica: 1, gpusPerNode: 5 }"]),
      subject: "endpoints.deepseek-r1",
      verdict: "violated",
    },
    unknown: {
      text: labWith(["gb300-nvl72", "vera-rubin-nvl72"]),
      subject: "endpoints.deepseek-r1",
      verdict: "unproved",
    },
    empty: {
      text: lab.replace(/ {2}endpoints:\n[\s\S]*?\n\ncost/, "  endpoints: []\n\ncost"),
      subject: "site",
      verdict: "not-applicable",
    },
  },
  "serving/image-digest": {
    pass: { subject: "endpoints.llama-70b", verdict: "proved" },
    fail: {
      registered: adding(deployment("4", { container: { image: "a/b:latest" } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "unproved",
    },
    boundary: {
      registered: adding(deployment("4", { container: { image: `a/b@sha256:${"0".repeat(63)}` } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "unproved",
    },
    unknown: {
      registered: adding(deployment("4", { container: { image: UNKNOWN } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "unproved",
    },
    empty: {
      text: lab.replace(/ {2}endpoints:\n[\s\S]*?\n\ncost/, "  endpoints: []\n\ncost"),
      subject: "site",
      verdict: "not-applicable",
    },
  },
  "serving/pod-security": {
    pass: {
      registered: adding(deployment("4")),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "proved",
    },
    fail: {
      registered: adding(deployment("4", { spec: { hostNetwork: true } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "violated",
    },
    boundary: { registered: without("Namespace"), subject: "namespaces.tenant-research", verdict: "violated" },
    unknown: {
      registered: adding(deployment("4", { spec: { hostNetwork: UNKNOWN } })),
      subject: "workloads.tenant-research.Deployment.extra",
      verdict: "unproved",
    },
  },
  "serving/cpu-pods-off-nvlink": {
    pass: { registered: adding(cpuPods({})), subject: EXTRA, verdict: "proved" },
    fail: {
      registered: adding(
        cpuPods({ tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }] }),
      ),
      subject: EXTRA,
      verdict: "violated",
    },
    "past the boundary": {
      registered: adding(cpuPods({ tolerations: [{ operator: "Exists" }] })),
      subject: EXTRA,
      verdict: "violated",
    },
    boundary: {
      registered: adding(cpuPods({ tolerations: [{ key: "nvidia.com/gpu", effect: "NoExecute" }] })),
      subject: EXTRA,
      verdict: "proved",
    },
    unknown: { registered: adding(cpuPods({ tolerations: UNKNOWN })), subject: EXTRA, verdict: "unproved" },
    empty: { subject: "site", verdict: "not-applicable" },
  },
};
