import { describe, expect, test } from "vitest";
import { objectsOf, partsOf } from "../../components/objects.ts";
import { withAnotherPod } from "../support/another-pod.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

/** Objects and components by name, as they are registered. */
function registeredBy(text: string, site: string): ReadonlyMap<string, string> {
  const { plan, catalog } = opening(text, site);
  return new Map([
    ...objectsOf(plan, catalog).map(({ name, object }): [string, string] => [name, JSON.stringify(object)]),
    ...partsOf(plan, catalog).map(({ name, args }): [string, string] => [name, JSON.stringify(args)]),
  ]);
}
const changed = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name)).sort();

describe.each(["lab", "independence-mo"])("a pod of racks more at %s", (site) => {
  const before = registeredBy(siteText(site), site);

  test("adds what is its own, and leaves the rest word for word", () => {
    const after = registeredBy(withAnotherPod(siteText(site)), site);
    expect(changed(before, after)).toEqual([
      `${site}-pool-annex`,
      `${site}-pool-annex-flavor`,
      `${site}-power-annex`,
      `${site}-power-annex-flavor`,
      `${site}-power-annex-queue`,
    ]);
  });
});

test("a pod more in a building that is there changes its own pool and budget alone", () => {
  const after = registeredBy(labWith(["podsPerHall: 1", "podsPerHall: 2"]), "lab");
  expect(changed(registeredBy(siteText("lab"), "lab"), after)).toEqual([
    "lab-pool-gb300",
    "lab-power-gb300-alerts",
    "lab-power-gb300-queue",
  ]);
});
