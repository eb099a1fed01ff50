import { describe, expect, test } from "vitest";
import { objectsOf } from "../../components/objects.ts";
import { verdictOn } from "../support/context.ts";
import { overflowing } from "../support/overflow.ts";
import { labWith, ohioWith, opening, reading } from "../support/sites.ts";

/** Whatever JSON holds. */
type Json = ReturnType<typeof JSON.parse>;

function objectsIn(text: string, site: string): Json[] {
  const { plan, catalog } = opening(text, site);
  return objectsOf(plan, catalog).map(({ object }) => object);
}
const queueOf = (text: string, site: string, pool: string) =>
  objectsIn(text, site).find(({ kind, metadata }) => kind === "ClusterQueue" && metadata.name === `pool-${pool}`).spec;
const gpusOf = ({ resourceGroups: [group] }: Json) =>
  group.flavors.map(({ name, resources: [gpus] }: Json) => [name, gpus.nominalQuota]);
const warmLab = (nodes: number) => labWith(["    capacity: owned\n", `    capacity: owned\n    warmNodes: ${nodes}\n`]);

describe("warm nodes", () => {
  test("are left out of the quota, channels with them", () => {
    const { resourceGroups } = queueOf(warmLab(8), "lab", "gb300");
    expect(resourceGroups[0].flavors[0].resources).toEqual([
      { name: "nvidia.com/gpu", nominalQuota: "480" },
      { name: "millrace.dev/nvlink-channels", nominalQuota: "120" },
    ]);
  });

  test("are the same on every target", () => {
    const text = ohioWith(["  - id: h100\n", "  - id: h100\n    warmNodes: 1\n"]);
    expect(gpusOf(queueOf(text, "aws-ohio", "h100"))).toEqual([["pool-h100", "56"]]);
  });

  // The lab asks for 64 × 4 + 14 × 4 × 4 = 480 of its 512 GPUs.
  test.each([
    [8, "proved"],
    [9, "violated"],
  ] as const)("%i of them, and what is registered: %s", (nodes, verdict) => {
    expect(verdictOn("compute/pool-capacity", "pools.gb300", { text: warmLab(nodes) })).toBe(verdict);
    expect(verdictOn("compute/pool-plan", "pools.gb300", { text: warmLab(nodes) })).toBe("proved");
  });

  test("a quota that counts them is refused", () => {
    const registered = () => objectsIn(warmLab(7), "lab").map((object, index) => ({ urn: `urn:${index}`, object }));
    expect(verdictOn("compute/pool-plan", "pools.gb300", { text: warmLab(8), registered })).toBe("violated");
  });

  test("leave the queue a node", () => {
    const read = reading(ohioWith(["  - id: h200\n", "  - id: h200\n    warmNodes: 15\n"]), "aws-ohio");
    expect(read.ok ? [] : read.faults).toMatchObject([
      {
        path: "pools[0].warmNodes",
        problem: "no node left for the queue",
        allowed: "fewer than the 15 nodes in service",
      },
    ]);
  });
});

describe("overflow", () => {
  test("borrows on demand before spot, whatever the order it is written in, and has no quota there", () => {
    const queue = queueOf(overflowing(), "aws-ohio", "h100");
    expect(gpusOf(queue)).toEqual([
      ["pool-h100", "64"],
      ["pool-burst", "0"],
      ["pool-cheap", "0"],
    ]);
    expect(queue).toMatchObject({
      cohortName: "overflow-h100",
      flavorFungibility: { whenCanBorrow: "MayStopSearch", whenCanPreempt: "TryNextFlavor" },
      preemption: { reclaimWithinCohort: "Never" },
    });
  });

  test("what a pool has lent comes back", () => {
    for (const pool of ["burst", "cheap"])
      expect(queueOf(overflowing(), "aws-ohio", pool)).toMatchObject({
        cohortName: "overflow-h100",
        preemption: { reclaimWithinCohort: "Any" },
      });
    expect(queueOf(overflowing(), "aws-ohio", "h200")).not.toHaveProperty("cohortName");
  });

  test("its pods are bound to no pool: the queue adds the one in which it found nodes", () => {
    const selectors = objectsIn(overflowing(), "aws-ohio")
      .filter(({ kind }) => kind === "Deployment")
      .map(({ spec }) => spec.template.spec.nodeSelector["millrace.dev/pool"]);
    expect(selectors).toEqual(["h200", undefined]);
  });

  // Llama asks for 16 × 4 GPUs of the 8 × 8 of the pool; those that lend have 2 × 8 each.
  test.each([
    ["replicas: 16", "replicas: 24", "proved"],
    ["replicas: 16", "replicas: 25", "violated"],
  ] as const)("%s → %s: %s", (piece, by, verdict) => {
    const text = overflowing([piece, by]);
    expect(verdictOn("compute/pool-capacity", "pools.h100", { text, site: "aws-ohio" })).toBe(verdict);
  });

  test.each<[string, [string, string], string, string]>([
    [
      "itself",
      ["overflow: [cheap, burst]", "overflow: [h100]"],
      "pools[1].overflow[0]",
      "a pool overflows into itself",
    ],
    ["other instances", ["overflow: [cheap, burst]", "overflow: [h200]"], "pools[1].overflow[0]", "other instances"],
    ["no pool", ["overflow: [cheap, burst]", "overflow: [cheapest]"], "pools[1].overflow[0]", "unknown pool"],
    [
      "one twice",
      ["overflow: [cheap, burst]", "overflow: [cheap, cheap]"],
      "pools[1].overflow[1]",
      "lends its nodes already",
    ],
    [
      "one that overflows itself",
      ["  - id: cheap\n", "  - id: cheap\n    overflow: [burst]\n"],
      "pools[1].overflow[0]",
      "has overflow of its own",
    ],
  ])("into %s is a fault", (_, change, path, problem) => {
    const read = reading(overflowing(change), "aws-ohio");
    expect(read.ok ? [] : read.faults).toContainEqual(expect.objectContaining({ path, problem }));
  });

  test("of racks is a fault: their power budget is one pool's", () => {
    const read = reading(labWith(["    capacity: owned\n", "    capacity: owned\n    overflow: [gb300]\n"]), "lab");
    expect(read.ok ? [] : read.faults).toContainEqual(
      expect.objectContaining({ path: "pools[0].overflow", problem: "target render has no overflow" }),
    );
  });
});
