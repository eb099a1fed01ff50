import { describe, expect, test } from "vitest";
import { clusterQueuesOf, queueResolver, quotaHoldersOf, strangersOf } from "../../policies/queue.ts";
import { type RegisteredObject, UNKNOWN } from "../../policies/registered.ts";
import { type Workload, workloadsOf } from "../../policies/workload.ts";
import { findingsOf, verdictOn } from "../support/context.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

const queue = (name: unknown, quota: unknown, more: object = {}, kind = "ClusterQueue"): RegisteredObject => ({
  urn: `urn::${String(name)}`,
  object: {
    kind,
    metadata: { name, ...more },
    spec: {
      resourceGroups: [{ flavors: [{ name: "f", resources: [{ name: "nvidia.com/gpu", nominalQuota: quota }] }] }],
    },
  },
});
const local = (name: unknown, clusterQueue: unknown, namespace?: unknown): RegisteredObject => ({
  urn: `urn::local-${String(name)}`,
  object: {
    kind: "LocalQueue",
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec: { clusterQueue },
  },
});
const workload = (label: unknown, namespace?: string): Workload => {
  const metadata = {
    name: "w",
    labels: { "kueue.x-k8s.io/queue-name": label },
    ...(namespace === undefined ? {} : { namespace }),
  };
  const [found] = workloadsOf([{ urn: "urn::w", object: { kind: "Pod", metadata, spec: { containers: [] } } }]);
  if (found === undefined) throw new Error("a Pod is a workload");
  return found;
};

describe("quota of a queue", () => {
  test.each([
    ["512", 512],
    [512, 512],
    ["1136k", 1_136_000],
    ["1.5M", 1_500_000],
    ["0", 0],
    ["1.5", null],
    ["1e3", null],
    ["-1", null],
    ["500m", null],
    [UNKNOWN, null],
    [undefined, null],
    [{ value: 1 }, null],
  ])("%s is %s", (text, expected) => {
    expect(clusterQueuesOf([queue("q", text)])[0]?.quota("nvidia.com/gpu")).toBe(expected);
  });

  test("another resource has none; a resource whose name is not known may be any", () => {
    expect(clusterQueuesOf([queue("q", "8")])[0]?.quota("cpu")).toBe(0);
    const unnamed = {
      urn: "u",
      object: { kind: "ClusterQueue", spec: { resourceGroups: [{ flavors: [{ resources: [UNKNOWN] }] }] } },
    };
    expect(clusterQueuesOf([unnamed])[0]?.quota("cpu")).toBeNull();
    expect(
      clusterQueuesOf([{ urn: "u", object: { kind: "ClusterQueue", spec: UNKNOWN } }])[0]?.quota("cpu"),
    ).toBeNull();
  });

  test("a cohort hands out quota too, and is of no pool of the plan", () => {
    const holders = quotaHoldersOf([queue("c", "8", {}, "Cohort")]);
    expect(strangersOf(holders, opening(siteText("lab")).plan.pools).map(({ shown }) => shown)).toEqual(["c"]);
  });
});

describe("the queue that a label leads to", () => {
  const objects = [
    queue("pool", "8"),
    local("q", "pool", "team"),
    local("lost", "gone", "team"),
    local("plain", "pool"),
  ];
  const leadsTo = (given: readonly RegisteredObject[], label: unknown, namespace?: string) => {
    const found = queueResolver(given)(workload(label, namespace));
    return found === null || found === UNKNOWN ? found : found.name;
  };
  test.each([
    ["by namespace and name", objects, "q", "team", "pool"],
    ["in another namespace it is another queue", objects, "q", "other", null],
    ["no namespace is default, for both", objects, "plain", undefined, "pool"],
    ["a ClusterQueue that is not registered", objects, "lost", "team", null],
    ["a label not known yet", objects, UNKNOWN, "team", UNKNOWN],
    [
      "a LocalQueue whose name is not known may be the one",
      [...objects, local(UNKNOWN, "pool")],
      "new",
      "team",
      UNKNOWN,
    ],
    ["a LocalQueue whose target is not known", [...objects, local("open", UNKNOWN, "team")], "open", "team", UNKNOWN],
    [
      "a ClusterQueue whose name is not known may be the one",
      [...objects, queue(UNKNOWN, "8")],
      "lost",
      "team",
      UNKNOWN,
    ],
  ])("%s", (_, given, label, namespace, expected) => {
    expect(leadsTo(given, label, namespace)).toBe(expected);
  });
});

describe("queues and workloads outside the plan", () => {
  const text = siteText("lab");
  const beside =
    (...extra: readonly RegisteredObject[]) =>
    (planned: readonly RegisteredObject[]) => [...planned, ...extra];
  const pod = (label: unknown, gpus: string): RegisteredObject => ({
    urn: "urn::pod",
    object: {
      kind: "Pod",
      metadata: { name: "pod", namespace: "tenant-research", labels: { "kueue.x-k8s.io/queue-name": label } },
      spec: { containers: [{ image: "a", resources: { limits: { "nvidia.com/gpu": gpus } } }] },
    },
  });

  test("a queue of no pool may hand out neither GPUs nor watts", () => {
    const registered = beside(queue("own", "1"));
    expect(verdictOn("compute/pool-plan", "queues.own", { text, registered })).toBe("violated");
    expect(verdictOn("power/registered-quota", "queues.own", { text, registered })).toBe("proved");
  });

  test("what may run elsewhere leaves a pool open, and does not violate it", () => {
    const registered = beside(pod(UNKNOWN, "64"));
    expect(verdictOn("compute/pool-capacity", "pools.gb300", { text, registered })).toBe("unproved");
    expect(verdictOn("compute/pool-capacity", "site", { text, registered })).toBe("violated");
  });

  test("a held pool is open where a workload may land on it", () => {
    const burning = labWith(["state: online", "state: burn-in"]);
    const on = (label: unknown) =>
      findingsOf("compute/held", { text: burning, registered: beside(pod(label, "8")) }, "pools.gb300")[0]?.verdict;
    expect(on(UNKNOWN)).toBe("unproved");
    expect(on("pool-gb300")).toBe("violated");
  });
});
