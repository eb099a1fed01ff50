import { describe, expect, test } from "vitest";
import type { CoolingPlan } from "../../components/cooling/cooling-types.ts";
import { findingsOf } from "../support/context.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

const coolingOf = (text: string): CoolingPlan => {
  const { cooling } = opening(text).plan;
  if (cooling === null) throw new Error("the site states no cooling");
  return cooling;
};
/** The most heat on one element of each level, in W. */
const heats = (text: string) =>
  Object.fromEntries(coolingOf(text).levels.map(({ id, worst }) => [id, worst.load.known]));
/** The lab with its pumps and chillers replaced by other levels of heat rejection. */
const rejecting = (levels: string, ...more: readonly (readonly [string, string])[]) =>
  labWith(...more).replace(/^ {4}- id: pump\n[\s\S]*?^buildings:/m, `${levels}\nbuildings:`);

describe("the heat of the lab", () => {
  const lab = siteText("lab");

  test("liquid to the CDUs, the rest and the network to the air handlers, both with their own draw to the chillers", () => {
    const [cduDraw = 0, air = 0, pump = 0] = coolingOf(lab).levels.map(
      ({ usable, draw }) => 1 + (draw ?? 0) / (usable ?? 1),
    );
    const liquid = 8 * 127_800;
    const inAir = 8 * (14_200 + 142_000 * 0.127);
    const water = liquid * cduDraw + inAir * air;
    const shares = { cdu: liquid, "air-handler": inAir / 3, pump: water / 2, chiller: (water * pump) / 3 };
    expect(heats(lab)).toEqual(
      Object.fromEntries(Object.entries(shares).map(([id, heat]) => [id, Math.ceil(heat - 1e-3)])),
    );
  });

  test("a CDU takes no more than its flow carries at the design rise", () => {
    const [cdu] = coolingOf(lab).levels;
    expect(cdu?.limits).toEqual([
      { by: "rating", watts: 1_300_000, from: "cooling.levels[0].rating" },
      { by: "flow", watts: 1_204_694, from: "cooling.levels[0].flow" },
    ]);
    expect(cdu?.usable).toBe(1_204_694);
  });

  test("what is not known stays missing, and what is known stays a floor", () => {
    const [cdu, , pump] = coolingOf(labWith(["draw: { value: 24 kW", "draw: { value: unknown"])).levels;
    expect(cdu?.worst.load.missing).toEqual([]);
    expect(pump?.worst.load).toEqual({
      known: Math.ceil((1_022_400 + 8 * (14_200 + 142_000 * 0.127) * 1.05) / 2),
      missing: ["cooling.levels[0].draw"],
    });
  });

  test("a pod leaves the air of its racks in the row, and all of the IT beside them", () => {
    expect(coolingOf(lab).heat[0]?.airPerPod).toEqual({ known: 257_872, missing: [] });
  });

  test("an unknown share of other IT leaves the air of the racks as a floor", () => {
    const [, handler] = coolingOf(labWith(["otherIt: { value: 12.7 %", "otherIt: { value: unknown"])).levels;
    expect(handler?.worst.load).toEqual({ known: Math.ceil((8 * 14_200) / 3), missing: ["buildings[0].otherIt"] });
  });

  test("loads that seldom fall together are heat all the same", () => {
    const diverse = labWith(["otherIt: {", 'diversity: { value: 60 %, source: "measured" }\n    otherIt: {']);
    expect(heats(diverse)).toEqual(heats(lab));
    expect(coolingOf(diverse).heat).toEqual(coolingOf(lab).heat);
  });

  test("what the site shares takes the heat of all buildings", () => {
    const shared = labWith(
      ["kind: chiller\n      per: building", "kind: chiller\n      per: site"],
      ["  - id: lab\n    halls: 1", "  - id: lab\n    halls: 2"],
      ["      fedBy: transfer-switch", "      # fed by nothing"],
    );
    const [before, after] = [lab, shared].map((text) => heats(text).chiller ?? 0);
    expect(Math.abs((after ?? 0) - 2 * (before ?? 0))).toBeLessThanOrEqual(2);
  });
});

describe("where the heat goes", () => {
  test("the default is the next level that takes water", () => {
    expect(coolingOf(siteText("lab")).levels.map(({ id, to }) => [id, to])).toEqual([
      ["cdu", "pump"],
      ["air-handler", "pump"],
      ["pump", "chiller"],
      ["chiller", null],
    ]);
  });

  const WATER_COOLED = `    - { id: chiller, kind: chiller, per: building, count: 4, scheme: N+1, rating: 480 kW, ratedAt: 33 °C, draw: 55 kW }
    - { id: tower, kind: tower, per: building, count: 3, scheme: N+1, rating: 800 kW, ratedAt: 27 °C, approach: 5 K, draw: 9 kW }
`;

  test("a chiller on a tower is rated at the wet bulb and the tower's approach; the tower takes its draw too", () => {
    const { temperatures } = coolingOf(rejecting(WATER_COOLED));
    const chiller = temperatures.find(({ kind, subject }) => kind === "rated" && subject === "chiller");
    expect(chiller?.need.map(({ value }) => value)).toEqual([27, 5]);
    expect(temperatures.some(({ kind, subject }) => kind === "approach" && subject === "tower")).toBe(false);
    const { chiller: cold = 0, tower: warm = 0 } = heats(rejecting(WATER_COOLED));
    expect(Math.abs(warm - (cold * 3 * (1 + 55 / 480)) / 2)).toBeLessThanOrEqual(2);
    expect(findingsOf("cooling/rated-temperature", { text: rejecting(WATER_COOLED) }, "cooling.chiller")).toMatchObject(
      [{ verdict: "proved", evidence: { computed: { known: 32 } } }],
    );
  });

  test("a dry cooler without a chiller cannot supply water below the air and its approach", () => {
    const text = rejecting(
      "    - { id: dry-cooler, kind: dry-cooler, per: building, count: 3, scheme: N+1, rating: 800 kW, ratedAt: 38 °C, approach: 8 K, draw: 30 kW }\n",
    );
    expect(findingsOf("cooling/approach", { text }, "cooling.dry-cooler")).toMatchObject([
      {
        verdict: "violated",
        message: "dry-cooler: design outdoor air + approach of dry-cooler 46 °C, facility water 24 °C; 22 K too warm",
      },
    ]);
  });
});

describe("what a mechanical engineer would write", () => {
  const openOf = (text: string) =>
    ["cooling/capacity", "cooling/rated-temperature", "cooling/approach", "cooling/flow"]
      .flatMap((rule) => findingsOf(rule, { text }))
      .filter(({ verdict }) => verdict !== "proved")
      .map(({ rule, subject, verdict, message }) => [rule, subject, verdict, message]);

  test("a CDU rated at colder water than the site has: one finding", () => {
    expect(openOf(labWith(["ratedAt: { value: 25 °C", "ratedAt: { value: 20 °C"]))).toEqual([
      [
        "cooling/rated-temperature",
        "cooling.cdu",
        "violated",
        "cdu: facility water 24 °C, cdu rated at 20 °C; 4 K too warm",
      ],
    ]);
  });

  test("liquid cooling that leaves 14.2 kW of each rack in the air, with nothing to take it: one finding", () => {
    const text = siteText("lab").replace(/^ {4}- id: air-handler[\s\S]*?(?=^ {4}- id: pump)/m, "");
    expect(openOf(text)).toEqual([
      [
        "cooling/capacity",
        "lab.air",
        "unproved",
        "lab: the blueprint does not say what takes the 14.2 kW that a rack leaves in the air",
      ],
    ]);
  });

  test("air handlers that are too small for the air of the row: one finding, in kW", () => {
    expect(openOf(labWith(["rating: { value: 100 kW", "rating: { value: 80 kW"]))).toMatchObject([
      ["cooling/capacity", "lab.air-handler", "violated", expect.stringContaining("short by 5.958 kW")],
    ]);
  });

  test("heat that nothing takes to the outdoors is said", () => {
    const text = rejecting("");
    expect(openOf(text).map(([, subject]) => subject)).toEqual(["lab.cdu.outdoors", "lab.air-handler.outdoors"]);
  });
});
