import { describe, expect, test } from "vitest";
import { UNKNOWN } from "../../policies/registered.ts";
import { adding } from "../support/by-hand.ts";
import { findingsOf, verdictOn } from "../support/context.ts";
import { engine, on } from "../support/engines.ts";
import { labWith, ohioWith, opening, siteText } from "../support/sites.ts";

const STATED = 'memlock: { value: unlimited, source: "node diagnostics LAB-AT-002: ulimit -l in a pod on every node" }';
const limited = labWith([STATED, "memlock: { value: limited, assumed: true }"]);
const rdma = { "rdma/compute": "1" };

const verdicts = (text: string, parts: Parameters<typeof engine>[1]) =>
  findingsOf("serving/memlock", { text, registered: adding(engine("fast", parts)) }).map(({ verdict }) => verdict);

describe("pods that ask for RDMA on nodes that limit what they lock", () => {
  const context = (securityContext: unknown) => ({ container: { securityContext } });
  test.each([
    ["privileged", { ...context({ privileged: true }), resources: rdma, ...on("gb300") }, "proved"],
    ["capabilities that are not known", { ...context(UNKNOWN), resources: rdma, ...on("gb300") }, "unproved"],
    [
      "another capability",
      { ...context({ capabilities: { add: ["SYS_NICE"] } }), resources: rdma, ...on("gb300") },
      "violated",
    ],
    ["devices that are not known", { resources: { "rdma/compute": UNKNOWN }, ...on("gb300") }, "unproved"],
    ["none of the devices", { resources: { "rdma/compute": "0" }, ...on("gb300") }, "not-applicable"],
    ["anywhere", { resources: rdma }, "unproved"],
  ] as const)("%s", (_, parts, verdict) => {
    expect(verdicts(limited, parts)).toEqual([verdict]);
  });
});

test("a claim of network devices counts as well", () => {
  const claims = { spec: { ...on("gb300").spec, resourceClaims: [{ name: "nic", resourceClaimTemplateName: "nic" }] } };
  expect(verdicts(limited, claims)).toEqual(["unproved"]);
  expect(verdicts(siteText("lab"), claims)).toEqual(["proved"]);
});

test("our own gangs on AWS rest on what the site says of its nodes, and never take IPC_LOCK", () => {
  const gang = ["replicas: 15\n      nodesPerReplica: 1", "replicas: 2\n      nodesPerReplica: 2"] as const;
  const subject = "workloads.tenant-research.LeaderWorkerSet.deepseek-r1";
  const stated =
    '    memlock: { value: unlimited, source: "node diagnostics OHIO-AT-002: ulimit -l in a pod on every node" }\n';
  expect(verdictOn("serving/memlock", subject, { text: ohioWith(gang) })).toBe("proved");
  expect(verdictOn("serving/memlock", subject, { text: ohioWith(gang, [stated, ""]) })).toBe("unproved");
});

test("what is stated needs its source", () => {
  const factsOf = (text: string) => opening(text).plan.facts.filter(({ at }) => at === "pools[0].memlock");
  expect(factsOf(limited)).toEqual([
    { at: "pools[0].memlock", known: true, source: null, assumed: true, state: "online" },
  ]);
  expect(verdictOn("site/sourced", "facts.pools[0].memlock", { text: limited })).toBe("unproved");
  expect(verdictOn("site/sourced", "facts.pools[0].memlock", { text: siteText("lab") })).toBe("proved");
  expect(factsOf(labWith([STATED, "memlock: { value: unknown }"]))).toMatchObject([{ known: false }]);
});
