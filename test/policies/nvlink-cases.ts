import { UNKNOWN } from "../../policies/registered.ts";
import { changed, without } from "../support/by-hand.ts";
import type { RuleCases } from "../support/rule-case.ts";
import { labWith } from "../support/sites.ts";

const SUBJECT = "workloads.tenant-research.LeaderWorkerSet.deepseek-r1";

/** The lab's gang of four nodes a copy, of another size. */
const sized = (size: unknown) =>
  changed("LeaderWorkerSet", (object) => {
    const spec = object.spec as { readonly leaderWorkerTemplate: object };
    return { ...object, spec: { ...spec, leaderWorkerTemplate: { ...spec.leaderWorkerTemplate, size } } };
  });

export const NVLINK_CASES: RuleCases = {
  "serving/nvlink-domain-gang": {
    pass: { subject: SUBJECT, verdict: "proved" },
    fail: { registered: without("ComputeDomain"), subject: SUBJECT, verdict: "violated" },
    boundary: { registered: sized(16), subject: SUBJECT, verdict: "proved" },
    "past the boundary": { registered: sized(17), subject: SUBJECT, verdict: "violated" },
    unknown: { registered: sized(UNKNOWN), subject: SUBJECT, verdict: "unproved" },
    nothing: { registered: without("LeaderWorkerSet"), subject: "site", verdict: "not-applicable" },
    empty: { text: labWith(["state: online", "state: burn-in"]), subject: "site", verdict: "not-applicable" },
  },
};
