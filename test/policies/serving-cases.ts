import type { RuleCases } from "../support/rule-case.ts";
import { labWith, siteText } from "../support/sites.ts";

const lab = siteText("lab");
const withoutEndpoints = lab.replace(/ {2}endpoints:\n[\s\S]*?\n\ncost/, "  endpoints: []\n\ncost");
const LLAMA_TRAFFIC = /^ {6}traffic:\n(?: {8}.*\n)+/m.exec(lab)?.[0] ?? "";

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
    nothing: { text: labWith([LLAMA_TRAFFIC, ""]), subject: "endpoints.llama-70b", verdict: "unproved" },
    empty: { text: withoutEndpoints, subject: "site", verdict: "not-applicable" },
  },
};
