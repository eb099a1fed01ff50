import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { check } from "../../policies/check.ts";
import { contextOf } from "../support/context.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

const openOf = (text: string) =>
  check(contextOf({ text }))
    .filter(({ verdict }) => verdict === "violated" || verdict === "unproved")
    .map(({ rule, subject, verdict, message }) => ({ rule, subject, verdict, message }));
const coolingOf = (text: string) => {
  const { cooling } = opening(text).plan;
  if (cooling === null) throw new Error("the site states no cooling");
  return cooling;
};
/** The lab with a line behind the feed of a level of its cooling. */
function fed(level: string, line: string): string {
  const [stated = level] = new RegExp(`- id: ${level}\n[\\s\\S]*?fedBy: \\S+`).exec(siteText("lab")) ?? [];
  return labWith([stated, `${stated}\n      ${line}`]);
}

/** Without what it hangs on, the cooling is failed alone. */
const unfed = (text: string) => text.replace(/^ {6}fedBy: .*\n/gm, "");

describe("one thing broken on purpose: the one finding that a mechanical engineer would write", () => {
  test("both CDUs of the pod on one RPP", () => {
    expect(openOf(fed("cdu", "lineups: [4]"))).toEqual([
      {
        rule: "cooling/outage",
        subject: "lab.rpp",
        verdict: "violated",
        message: "8 racks without cooling with lab.h1.p1.rpp-4 out: all 2 of cdu go with it",
      },
    ]);
  });

  test("one chiller less: the others are too small with one out", () => {
    expect(
      openOf(
        labWith([
          "per: building\n      count: 4\n      scheme: N+1\n      rating: { value: 480 kW",
          "per: building\n      count: 3\n      scheme: N+1\n      rating: { value: 480 kW",
        ]),
      ),
    ).toMatchObject([
      {
        rule: "cooling/capacity",
        subject: "lab.chiller",
        verdict: "violated",
        message: expect.stringMatching(/out: needs 6\d\d\.\d+ kW, has 480 kW; short by/),
      },
    ]);
  });

  test("chillers two by two on two lineups: half of them is not enough", () => {
    expect(openOf(fed("chiller", "lineups: [1, 2]"))).toMatchObject([
      {
        rule: "cooling/capacity",
        subject: "lab.chiller",
        verdict: "violated",
        message: expect.stringMatching(
          /^lab\.chiller-\d with lab\.transfer-switch-\d out: needs 666\.\d+ kW, has 480 kW/,
        ),
      },
    ]);
  });
});

describe("the cooling in the electrical one-line", () => {
  test("each element loads what feeds it at its rated draw; the meter counts it at the design heat", () => {
    const lab = opening(siteText("lab")).plan;
    const without = opening(unfed(siteText("lab"))).plan;
    const arrives = (plan: typeof lab) => plan.failures?.steps.at(-1)?.arrives.known ?? 0;
    const draw = lab.cooling?.heat[0]?.draw.known ?? 0;
    expect(arrives(lab) - arrives(without)).toBeGreaterThanOrEqual(draw);
    expect(arrives(lab) - arrives(without)).toBeLessThan(draw * 1.03);
    const rpp = (plan: typeof lab) => plan.distribution.find(({ id }) => id === "rpp")?.worst.load.known ?? 0;
    expect(rpp(lab) - rpp(without)).toBe(24_000);
  });

  test("what PUE does not cover is found there", () => {
    expect(openOf(labWith(["pue: { value: 1.20", "pue: { value: 1.15"])).map(({ rule }) => rule)).toEqual([
      "power/losses",
    ]);
  });

  test("a draw that is not known leaves its feeds open", () => {
    const found = openOf(labWith(["draw: { value: 55 kW", "draw: { value: unknown"])).map(
      ({ rule, subject }) => `${rule} ${subject}`,
    );
    expect(found).toContain("power/feed lab.transfer-switch");
  });
});

describe("states", () => {
  test("every element of the cooling, and every outage of power that takes one with it", () => {
    expect(coolingOf(siteText("lab")).states).toEqual({ cooling: 13, electrical: 10 });
  });

  test("a level of which all are needed may be lost by choice", () => {
    const text = labWith(["per: pod\n      count: 2\n      scheme: N+1", "per: pod\n      count: 2\n      scheme: N"]);
    const { losses } = coolingOf(text);
    expect(losses.map(({ racks, accepted }) => [racks, accepted])).toContainEqual([0, 4]);
    expect(openOf(text).filter(({ rule }) => rule === "cooling/outage")).toEqual([]);
  });

  property.prop([fc.integer({ min: 3, max: 8 }), fc.integer({ min: 1, max: 8 })], { numRuns: 12 })(
    "heat is conserved: with one of n out, each of the others takes its equal part",
    (count, more) => {
      const at = (n: number) =>
        coolingOf(unfed(labWith(["per: hall\n      count: 4", `per: hall\n      count: ${n}`]))).levels.find(
          ({ id }) => id === "air-handler",
        )?.worst.load.known ?? 0;
      expect(Math.abs(at(count) * (count - 1) - at(count + more) * (count + more - 1))).toBeLessThanOrEqual(
        count + more,
      );
      expect(at(count + more)).toBeLessThan(at(count));
    },
  );
});
