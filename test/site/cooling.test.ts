import { describe, expect, test } from "vitest";
import { readSite } from "../../components/site/load.ts";
import { MINIMAL_KNOWN, minimalWith } from "../support/minimal-site.ts";

const faultsOf = (...replacements: readonly (readonly [string, string])[]) => {
  const read = readSite(minimalWith(...replacements), "site.yaml", MINIMAL_KNOWN);
  return read.ok
    ? []
    : read.faults.map(({ path, problem, got, allowed, fix }) => ({ path, problem, got, allowed, fix }));
};

test("the minimal site has no fault", () => {
  expect(faultsOf()).toEqual([]);
});

describe("a level of the cooling", () => {
  test.each([
    ["states what its kind has", [", flow: 1200 l/min", ""], "cooling.levels[0]", "flow is missing"],
    [
      "states nothing else",
      ["draw: 6 kW", "draw: 6 kW, approach: 5 K"],
      "cooling.levels[1].approach",
      "has no meaning here",
    ],
    ["hands its heat to a level", ["to: chiller", "to: chillers"], "cooling.levels[0].to", "unknown level"],
    [
      "hands it down the list",
      ["draw: 250 kW", "draw: 250 kW, to: cdu"],
      "cooling.levels[2].to",
      "hands its heat back",
    ],
    [
      "hands it to nothing smaller",
      ["chiller, per: building", "chiller, per: rack"],
      "cooling.levels[0].per",
      "hands its heat to something smaller",
    ],
    ["is the only one of CDUs", ["kind: air-handler", "kind: cdu"], "cooling.levels[1].kind", "a second level of cdu"],
    ["has its name for itself", ["id: air-handler", "id: cdu"], "cooling.levels[1].id", "level stands twice"],
  ] as const)("%s", (_, change, path, problem) => {
    expect(faultsOf(change)).toContainEqual(expect.objectContaining({ path, problem }));
  });

  test.each([
    ["a set that is not smaller", "fedBy: rpp", "cooling.levels[2].fedBy", "fed by something smaller"],
    ["a level that is there", "fedBy: ups", "cooling.levels[2].fedBy", "unknown level"],
    ["a level, where its elements are named", "lineups: [1]", "cooling.levels[2].lineups", "lineups of nothing"],
  ] as const)("hangs on %s", (_, feed, path, problem) => {
    expect(faultsOf(["draw: 250 kW", `draw: 250 kW, ${feed}`])).toContainEqual(
      expect.objectContaining({ path, problem }),
    );
  });

  test("hangs on elements that are there", () => {
    expect(faultsOf(["draw: 20 kW", "draw: 20 kW, fedBy: rpp, lineups: [1, 4]"])).toEqual([]);
    expect(faultsOf(["draw: 20 kW", "draw: 20 kW, fedBy: rpp, lineups: [1, 5]"])).toMatchObject([
      { path: "cooling.levels[0].lineups[1]", problem: "no such element" },
    ]);
  });

  test("may give its heat to the outdoors", () => {
    expect(faultsOf(["to: chiller", "to: outdoors"])).toEqual([]);
  });

  test("near misses are offered", () => {
    expect(faultsOf(["to: chiller", "to: chiler"])).toMatchObject([{ fix: "did you mean chiller?" }]);
    expect(faultsOf(["coolant: pg25", "coolant: pg35"])).toMatchObject([{ fix: "did you mean pg25?" }]);
  });
});

test.each([
  ["rise: 15 K", "rise: 0 K", "cooling.liquid.rise", "too small"],
  ["supply: 30 °C", "supply: 300 °C", "cooling.liquid.supply", "too large"],
  ["clearHeight: 3.6 m", "clearHeight: 36 mm", "buildings[0].hall.clearHeight", "too small"],
  ["rowPitch: 4.2 m", "rowPitch: 42 mm", "buildings[0].hall.rowPitch", "too small"],
])("%s → %s is not possible", (piece, by, path, problem) => {
  expect(faultsOf([piece, by])).toMatchObject([{ path, problem }]);
});
