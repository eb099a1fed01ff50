import { describe, expect, test } from "vitest";
import { labWith, opening } from "../support/sites.ts";

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
