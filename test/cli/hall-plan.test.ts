import { describe, expect, test } from "vitest";
import { hallPlan } from "../../cli/draw/hall-plan.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

const drawn = (text: string): string => hallPlan(opening(text).plan) ?? "nothing";
const { plan: campus } = opening(siteText("independence-mo"), "independence-mo");
const count = (svg: string, piece: string): number => svg.split(piece).length - 1;

test("the hall of the lab, to scale", async () => {
  await expect(drawn(siteText("lab"))).toMatchFileSnapshot("../golden/cli/hall-plan-lab.svg");
});

describe("the picture", () => {
  test("has every rack of a hall, what stands in the row, and what stands along the wall", () => {
    const svg = drawn(siteText("lab"));
    expect(count(svg, 'fill="#3b6ea5"')).toBe(8 + 1);
    expect(count(svg, 'fill="#3a9a8f"')).toBe(2 + 4 + 1);
    expect(count(svg, 'fill="#c98a1b"')).toBe(4 + 1);
    for (const title of ["8 racks", "2 cdu", "4 rpp", "4 air-handler"])
      expect(svg).toContain(`<title>${title}</title>`);
  });

  test("shows halls that are alike once: a campus of ten buildings is one hall of fourteen pods", () => {
    const svg = hallPlan(campus) ?? "";
    expect(svg).toContain("b1 … b10 (10 buildings), 5 halls each: 14 pods of 8 gb300-nvl72");
    expect(count(svg, 'fill="#3b6ea5"')).toBe(14 * 8 + 1);
    expect(svg).toContain("walls not known");
    expect(svg.length).toBeLessThan(60_000);
  });

  test("shows a hall that differs apart", () => {
    const halls = campus.halls.map((hall, index) => (index === 0 ? { ...hall, podsPerRow: 1 } : hall));
    const svg = hallPlan({ ...campus, halls }) ?? "";
    expect(svg).toContain("b1, 5 halls: 14 pods");
    expect(svg).toContain("b2 … b10 (9 buildings), 5 halls each");
  });

  test("shows more racks than the eye can tell apart as one bar", () => {
    expect(count(drawn(labWith(["racksPerPod: 8", "racksPerPod: 1000"])), 'fill="#3b6ea5"')).toBe(1 + 1);
  });

  test("has red walls where the rows go through them", () => {
    const walls = 'stroke="#b3261e" stroke-width="3"';
    expect(drawn(siteText("lab"))).not.toContain(walls);
    expect(drawn(labWith(["width: { value: 14 m", "width: { value: 10 m"]))).toContain(walls);
  });

  test("is not made where a length that it needs is not known", () => {
    expect(drawn(labWith(["rowPitch: { value: 4.2 m", "rowPitch: { value: unknown"]))).toBe("nothing");
  });
});
