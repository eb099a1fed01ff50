import { describe, expect, test } from "vitest";
import { findingsOf } from "../support/context.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

/** Eight racks of 142 kW and 24 switches of the compute fabric; otherIt says 12.7 %, 144.272 kW. */
const RACKS = 8 * 142_000;
const building = (power: string) => {
  const text = labWith([
    "planes: 2\n      oversubscription: 1\n",
    `planes: 2\n      oversubscription: 1\n      switchPower: ${power}\n`,
  ]);
  const [first] = opening(text).plan.phases.flatMap(({ buildings }) => buildings);
  if (first === undefined) throw new Error("the lab has a building");
  return first;
};

describe("the load of the switches", () => {
  test("unknown, it is what otherIt says", () => {
    const { it, switches } = building("unknown");
    expect([it.known, it.missing, switches.known]).toEqual([Math.ceil(RACKS * 1.127), [], 0]);
    expect(switches.missing).toContain("network.fabrics[0].switchPower");
  });

  test("known and within what otherIt says, it is no load beside it", () => {
    const { it, switches, otherIt } = building("3 kW");
    expect([switches.known, it.known, otherIt]).toEqual([40 * 3_000, Math.ceil(RACKS * 1.127), 0.127]);
  });

  test("known to be more than otherIt says, it counts instead, in the feeds as well", () => {
    const { it, switches, otherIt } = building("4 kW");
    expect([switches.known, it.known, otherIt]).toEqual([160_000, RACKS + 160_000, 160_000 / RACKS]);
  });
});

test("switches and the racks that they fill, of the lab", () => {
  const { fabrics, racks } = opening(labWith()).plan.network;
  expect(fabrics.map(({ id, counts }) => [id, counts && counts.leaf + counts.spine + counts.core])).toEqual([
    ["compute", 40],
    ["converged", 10],
    ["out-of-band", 10],
  ]);
  // 50 × 2 units and 10 × 1, in racks of 40.
  expect(racks).toEqual([{ building: "lab", rackUnits: 110, racks: 3 }]);
});

describe("what the length of a cable waits for is told by its place", () => {
  const compute = (...changes: readonly (readonly [string, string])[]) => {
    const [fabric] = opening(labWith(...changes)).plan.network.fabrics;
    if (fabric === undefined) throw new Error("the lab has fabrics");
    return fabric;
  };
  const geometry = /^ {4}hall:\n(?: {6}.*\n)*/m.exec(siteText("lab"))?.[0] ?? "hall";

  test("nothing, where hall and ways are known", () => {
    expect(compute().waysMissing).toEqual([]);
    expect(compute().cables.map(({ lengthM }) => lengthM)).not.toContain(null);
  });

  test.each<[string, readonly [string, string], string]>([
    ["the rows", ["rowPitch: { value: 4.2 m", "rowPitch: { value: unknown"], "buildings[0].hall.rowPitch"],
    ["the drop", ["drop: { value: 3 m", "drop: { value: unknown"], "network.ways.drop"],
    ["the hall", [geometry, ""], "buildings[0].hall"],
  ])("%s", (_, change, place) => {
    const { waysMissing, cables } = compute(change);
    expect(waysMissing).toEqual([place]);
    expect(new Set(cables.map(({ lengthM }) => lengthM))).toEqual(new Set([null]));
    expect(findingsOf("network/reach", { text: labWith(change) }, "lab.compute")).toMatchObject([
      { verdict: "unproved", at: place },
    ]);
  });
});
