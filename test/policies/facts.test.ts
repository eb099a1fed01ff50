import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { blocks, check, exitCode } from "../../policies/check.ts";
import { contextOf } from "../support/context.ts";
import { opening, reading, siteText } from "../support/sites.ts";

const lab = siteText("lab");
const places = opening(lab).plan.facts.map(({ at }) => at);
const keysOf = (place: string) => place.split(/[.[\]]+/).map((key) => (/^\d+$/.test(key) ? Number(key) : key));

/** The lab site with one figure changed as text. */
function labWithout(
  place: string,
  change: (document: ReturnType<typeof parseDocument>, keys: (string | number)[]) => void,
) {
  const document = parseDocument(lab);
  const keys = keysOf(place);
  if (!document.hasIn(keys)) throw new Error(`the lab states no ${place}`);
  change(document, keys);
  return String(document);
}

/** Blueprint paths that block, or where the site has its faults. */
function blocked(text: string): { readonly exit: number; readonly at: readonly string[] } {
  const read = reading(text);
  if (!read.ok) return { exit: 3, at: read.faults.map(({ path }) => path) };
  const findings = check(contextOf({ text }));
  return { exit: exitCode(findings), at: findings.filter(blocks).map(({ at }) => at) };
}

const isDigest = (place: string): boolean => place.endsWith(".digest");
/** A word for the nodes, which may be left out where nothing rests on it. */
const isSetting = (place: string): boolean => /\.(?:memlock|remediation)$/.test(place);

describe.each(places.filter((place) => !isDigest(place) && !isSetting(place)))("an online site without %s", (place) => {
  test("is unproved where the figure is unknown, and says where", () => {
    const { exit, at } = blocked(labWithout(place, (document, keys) => document.setIn(keys, "unknown")));
    expect(exit).toBe(2);
    expect(at).toContain(place);
  });

  test("is unproved where the figure is assumed, and says where", () => {
    const { exit, at } = blocked(labWithout(place, (document, keys) => document.setIn([...keys, "assumed"], true)));
    expect(exit).toBe(2);
    expect(at).toEqual([place]);
  });

  test("is no site, or unproved, where the figure is left out", () => {
    expect([2, 3]).toContain(blocked(labWithout(place, (document, keys) => document.deleteIn(keys))).exit);
  });
});

test.each(
  places.filter(isSetting).flatMap(
    (place) =>
      [
        [place, "value", "unknown"],
        [place, "assumed", true],
      ] as const,
  ),
)("an online site whose %s has %s: %s is unproved, and says where", (place, key, value) => {
  const { exit, at } = blocked(labWithout(place, (document, keys) => document.setIn([...keys, key], value)));
  expect(exit).toBe(2);
  expect(at).toEqual([place]);
});

test.each(places.filter(isDigest))("without %s the site is unproved, and says where", (place) => {
  const { exit, at } = blocked(labWithout(place, (document, keys) => document.deleteIn(keys)));
  expect(exit).toBe(2);
  expect(at).toContain(place);
});

test("there are figures to leave out", () => {
  expect(places.filter(isDigest)).toHaveLength(2);
  expect(places.length).toBeGreaterThan(10);
});
