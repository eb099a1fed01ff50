import { describe, expect, test } from "vitest";
import { failingUnit } from "../../components/serving/failing-unit.ts";
import { changed } from "../support/by-hand.ts";
import { verdictOn } from "../support/context.ts";
import { catalog, ohioWith, opening, reading } from "../support/sites.ts";

/** The block of Ohio as UltraServers, with one model whose copies take so many of their nodes. */
const ultra = (instances: number, stated: string | null = null, nodes = 2): string =>
  ohioWith(
    [
      "type: p5en.48xlarge\n      count: 16",
      `type: p6e-gb200.36xlarge\n${stated === null ? "" : `      ultraServer: ${stated}\n`}      count: ${instances}`,
    ],
    ["count: 16\n        from", `count: ${instances}\n        from`],
    [
      "replicas: 15\n      nodesPerReplica: 1\n      gpusPerNode: 8",
      `replicas: 1\n      nodesPerReplica: ${nodes}\n      gpusPerNode: 4`,
    ],
  );
const poolOf = (text: string) => {
  const [pool] = opening(text).plan.pools;
  if (pool === undefined) throw new Error("Ohio has pools");
  return pool;
};

describe("the UltraServer that a pool rents", () => {
  test.each([
    ["stated", 18, "u-p6e-gb200x72", { id: "u-p6e-gb200x72", instances: 18, schedulable: 16 }],
    ["stated, in pairs", 18, "u-p6e-gb200x36", { id: "u-p6e-gb200x36", instances: 9, schedulable: 8 }],
    ["the only one that the block holds whole", 27, null, { id: "u-p6e-gb200x36", instances: 9, schedulable: 8 }],
    ["two small ones or a large one", 18, null, null],
    ["no whole one", 17, null, null],
  ] as const)("%s", (_, instances, stated, expected) => {
    expect(poolOf(ultra(instances, stated)).instances?.ultraServer).toEqual(expected);
  });

  test("one that the catalog does not have is a fault", () => {
    expect(reading(ultra(18, "u-p6e-gb200x27"), "aws-ohio")).toMatchObject({
      faults: [{ path: "pools[0].instances.ultraServer", problem: "unknown ultra-server" }],
    });
  });

  test("goes down as a whole", () => {
    const unit = { kind: "instance", gpu: "GB200", gpusPerNode: 4 };
    expect(failingUnit(poolOf(ultra(18, "u-p6e-gb200x72")), catalog)).toEqual({ ...unit, nodes: 18 });
    expect(failingUnit(poolOf(ultra(18, "u-p6e-gb200x36")), catalog)).toEqual({ ...unit, nodes: 9 });
    expect(failingUnit(poolOf(ultra(18)), catalog)).toEqual({ missing: ["pools[0].instances.ultraServer"] });
  });
});

test.each([
  ["u-p6e-gb200x72", 16, "proved"],
  ["u-p6e-gb200x36", 8, "proved"],
  ["u-p6e-gb200x36", 9, "violated"],
  [null, 2, "unproved"],
] as const)("a gang in %s over %i nodes: %s", (stated, nodes, verdict) => {
  const text = ultra(18, stated, nodes);
  const subject = "workloads.tenant-research.LeaderWorkerSet.deepseek-r1";
  expect(verdictOn("serving/nvlink-domain-gang", subject, { text })).toBe(verdict);
});

test.each([
  ["two of nine", ultra(18, "u-p6e-gb200x36"), "proved"],
  ["one of eighteen", ultra(18, "u-p6e-gb200x72"), "proved"],
  ["one and a half of eighteen", ultra(27, "u-p6e-gb200x72"), "violated"],
  ["not said in which", ultra(18), "proved"],
  [
    "other instances",
    ohioWith(["type: p5en.48xlarge\n", "type: p5en.48xlarge\n      ultraServer: u-p6e-gb200x36\n"]),
    "violated",
  ],
] as const)("a block of UltraServers, %s", (_, text, verdict) => {
  expect(verdictOn("aws/ultraserver", "pools.h200", { text })).toBe(verdict);
});

test("a gang that is made larger by hand is seen on an UltraServer as well", () => {
  const registered = changed("LeaderWorkerSet", (object) => {
    const spec = object.spec as { readonly leaderWorkerTemplate: object };
    return { ...object, spec: { ...spec, leaderWorkerTemplate: { ...spec.leaderWorkerTemplate, size: 17 } } };
  });
  const subject = "workloads.tenant-research.LeaderWorkerSet.deepseek-r1";
  const text = ultra(18, "u-p6e-gb200x72");
  expect(verdictOn("serving/nvlink-domain-gang", subject, { text, registered })).toBe("violated");
});
