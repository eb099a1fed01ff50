import { describe, expect, test } from "vitest";
import { PARTS, planStudies } from "../components/studies.ts";
import { check } from "../policies/check.ts";
import { contextOf } from "./support/context.ts";
import { catalog, opening, siteText } from "./support/sites.ts";

const lab = siteText("lab");
const present = /study: short-circuit\n(?: {8}.*\n)*? {8}madeFor: (.*)/.exec(lab)?.[1] ?? "";
const [supply = "", distribution = ""] = present.split(" ");
const madeFor = (text: string) => opening(text).plan.studies.map(({ study, madeFor }) => [study, madeFor] as const);
/** What is said of studies that are no longer of the plan. */
const stale = (text: string) =>
  check(contextOf({ text }))
    .filter(({ rule, verdict }) => rule === "site/studies" && verdict !== "proved")
    .map(({ message }) => message.replace(/^lab: ([\w-]+) by .* is stale: /, "$1: "));

describe("a change is told of the studies that rest on it, and of no others", () => {
  test.each([
    [
      "the rating of an RPP",
      "value: 500 kW",
      "value: 501 kW",
      ["short-circuit", "coordination", "arc-flash", "emt"].map((study) => `${study}: distribution has changed`),
    ],
    [
      "an RPP less",
      "count: 4",
      "count: 3",
      ["short-circuit", "coordination", "arc-flash", "emt"].map((study) => `${study}: distribution has changed`),
    ],
    [
      "the contract",
      "contracted: { value: 2.5 MW",
      "contracted: { value: 2.6 MW",
      ["short-circuit", "coordination", "arc-flash", "power-flow", "emt"].map(
        (study) => `${study}: supply has changed`,
      ),
    ],
    [
      "the load at the meter",
      "pue: { value: 1.20",
      "pue: { value: 1.21",
      ["power-flow: load has changed", "emt: load has changed"],
    ],
    [
      "a load that is no longer known",
      "pue: { value: 1.20",
      "pue: { value: unknown",
      ["power-flow: load has changed", "emt: load has changed"],
    ],
    [
      "the racks of the hall",
      "racksPerPod: 8",
      "racksPerPod: 7",
      ["power-flow: load has changed", "emt: load has changed", "cfd: halls has changed"],
    ],
    [
      "what a study speaks of",
      `${distribution}\n      - study: coord`,
      "\n      - study: coord",
      ["short-circuit: it does not speak of distribution"],
    ],
    ["the facility water", "supply: { value: 24 °C", "supply: { value: 25 °C", ["cfd: cooling has changed"]],
    ["the width of the halls", "width: { value: ", "width: { value: 9", ["cfd: halls has changed"]],
    ["the price of energy", "value: 7.1 c/kWh", "value: 9 c/kWh", []],
    ["the source of a rating", 'source: "NVIDIA DSX pod: four RPPs', 'source: "as built: four RPPs', []],
  ])("%s", (_, piece, by, expected) => {
    expect(lab).toContain(piece);
    expect(stale(lab.replace(piece, by).replace(/ \n/g, "\n"))).toEqual(expected);
  });
});

describe("what is no change", () => {
  test("another building in front: the places of all others move", () => {
    const front = lab.replace(
      "buildings:\n",
      "buildings:\n  - { id: next, halls: 1, podsPerHall: 1, racksPerPod: 1, system: dgx-h100, otherIt: 0 % }\n",
    );
    const text = front.replace(
      "\nnetwork:",
      "  - { id: next, from: 2027-Q4, state: designed, buildings: [next], evidence: [] }\n\nnetwork:",
    );
    expect(stale(text)).toEqual([]);
  });

  test("who states a figure, and on what ground", () => {
    const text = lab
      .replace(/source: "[^"]*LAB-(?:DS|E|SA)[^"]*"/g, 'source: "as built"')
      .replaceAll('as built" }', 'as built", assumed: true }');
    expect(text).toContain('source: "as built", assumed: true');
    expect(stale(text)).toEqual([]);
  });
});

test("a study of a later phase does not speak for an earlier one", () => {
  const { plan } = opening(siteText("independence-mo"), "independence-mo");
  const [bridge, plant] = ["bridge", "plant-1"].map((phase) =>
    plan.studies.filter((each) => each.phase === phase).map((each) => each.madeFor),
  );
  expect(bridge).toHaveLength(catalog.studies.length);
  expect(bridge).not.toEqual(plant);
});

test("every part changes the digest of something", () => {
  const parts = madeFor(lab).flatMap(([, text]) => text.split(" ").map((part) => part.split(":")[0]));
  expect(new Set(parts)).toEqual(new Set(Object.keys(PARTS)));
});

test("a study that rests on what no plan has is a bug that is told", () => {
  const { plan, site } = opening(lab);
  const [study] = catalog.studies;
  if (study === undefined) throw new Error("the catalog has studies");
  expect(() => planStudies(site, plan, [{ ...study, parts: ["moon"] }])).toThrow("rests on moon");
});

describe("of several documents", () => {
  const second = (date: string, parts: string) =>
    lab.replace(
      "      - study: coordination\n",
      `      - study: short-circuit\n        document: LAB-ST-009\n        date: ${date}\n        signedBy: me\n        tool: t\n        limits: l\n        madeFor: ${parts}\n      - study: coordination\n`,
    );
  const other = `${supply} distribution:000000000000`;

  test.each([
    ["a newer one of another plan leaves the older one of this", "2026-06-01", other, "LAB-ST-001"],
    ["the newer of two of this plan counts", "2026-06-01", present, "LAB-ST-009"],
    ["one that is dated ahead does not count yet", "2027-01-01", present, "LAB-ST-001"],
  ])("%s", (_, date, parts, document) => {
    const [finding] = check(contextOf({ text: second(date, parts) })).filter(
      ({ subject }) => subject === "phases.lab.short-circuit",
    );
    expect(finding).toMatchObject({ verdict: "proved", message: expect.stringContaining(`by ${document} of`) });
  });
});
