import { UNKNOWN } from "../../policies/registered.ts";
import { adding } from "../support/by-hand.ts";
import { engine, on, split } from "../support/engines.ts";
import type { RuleCases } from "../support/rule-case.ts";

const MODEL = "transfers.tenant-research.llama-3.1-70b";
const parallel = (prefill: unknown, decode: unknown) =>
  adding(engine("prefill", { args: split(prefill) }), engine("decode", { args: split(decode) }));

const onRacks = (prefill: object, decode: object) =>
  adding(
    engine("prefill", { ...on("gb300"), args: split(2), resources: prefill }),
    engine("decode", { ...on("gb300"), args: split(4), resources: decode }),
  );

/** Cases of the rules on engines that hand KV caches from one role to the other. */
export const PD_CASES: RuleCases = {
  "serving/pd-tensor-parallel": {
    pass: { registered: parallel(2, 4), subject: MODEL, verdict: "proved" },
    fail: { registered: parallel(8, 2), subject: MODEL, verdict: "violated" },
    boundary: { registered: parallel(4, 4), subject: MODEL, verdict: "proved" },
    "past the boundary": { registered: parallel(5, 4), subject: MODEL, verdict: "violated" },
    unknown: { registered: parallel(UNKNOWN, 4), subject: MODEL, verdict: "unproved" },
    nothing: {
      registered: adding(engine("prefill", { args: split(2) })),
      subject: MODEL,
      verdict: "unproved",
    },
    empty: { subject: "site", verdict: "not-applicable" },
  },
  "serving/pd-rdma": {
    pass: { registered: onRacks({ "rdma/compute": "1" }, { "rdma/compute": "1" }), subject: MODEL, verdict: "proved" },
    fail: { registered: onRacks({}, {}), subject: MODEL, verdict: "violated" },
    boundary: { registered: onRacks({ "rdma/any": 1 }, { "rdma/other": 1 }), subject: MODEL, verdict: "proved" },
    "past the boundary": {
      registered: onRacks({ "rdma/compute": "1" }, { "rdma/compute": "0" }),
      subject: MODEL,
      verdict: "violated",
    },
    unknown: {
      registered: onRacks({ "rdma/compute": "1" }, { "rdma/compute": UNKNOWN }),
      subject: MODEL,
      verdict: "unproved",
    },
    nothing: {
      registered: adding(engine("prefill", { ...on("gb300"), args: split(2), resources: { "rdma/compute": "1" } })),
      subject: MODEL,
      verdict: "unproved",
    },
    empty: { subject: "site", verdict: "not-applicable" },
  },
};
