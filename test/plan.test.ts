import { execFileSync } from "node:child_process";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { planDigest, planJson } from "../components/plan-json.ts";
import { opening, ROOT, siteText } from "./support/sites.ts";

describe.each(["lab", "independence-mo"])("the plan of %s", (site) => {
  const { plan } = opening(siteText(site), site);

  test("is the same bytes on two runs", () => {
    expect(planJson(opening(siteText(site), site).plan)).toBe(planJson(plan));
  });

  test("is frozen to its leaves", () => {
    const loose = (value: unknown): boolean =>
      typeof value === "object" && value !== null && (!Object.isFrozen(value) || Object.values(value).some(loose));
    expect(loose(plan)).toBe(false);
  });

  test.each([
    ["Asia/Kathmandu", "de_DE.UTF-8"],
    ["America/Chicago", "ar_EG.UTF-8"],
  ])("is the same bytes in %s with %s", (zone, locale) => {
    const script = `import { opening, siteText } from "./test/support/sites.ts"; import { planDigest } from "./components/plan-json.ts";
      process.stdout.write(planDigest(opening(siteText("${site}"), "${site}").plan));`;
    const digest = execFileSync("node", ["--input-type=module", "-e", script], {
      cwd: ROOT,
      env: { ...process.env, TZ: zone, LC_ALL: locale, LANG: locale },
    });
    expect(digest.toString()).toBe(planDigest(plan));
  });
});

/** Maps in another order, lists in theirs. */
const shuffled = (value: unknown, pick: (length: number) => number): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, pick));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item, pick)] as const);
  return Object.fromEntries(
    entries
      .map((entry) => ({ entry, order: pick(1e6) }))
      .sort((left, right) => left.order - right.order)
      .map(({ entry }) => entry),
  );
};

property.prop([fc.infiniteStream(fc.nat(1e6))], { numRuns: 50 })("map order never matters", (stream) => {
  const text = stringify(shuffled(parse(siteText("lab")), () => stream.next().value ?? 0));
  expect(planDigest(opening(text).plan)).toBe(planDigest(opening(siteText("lab")).plan));
});

describe("Independence", () => {
  const { plan } = opening(siteText("independence-mo"), "independence-mo");

  test("keeps the three demand figures apart", () => {
    expect(plan.demand.map(({ power }) => power)).toEqual([800e6, 1200e6, null]);
  });

  test("has 210 MW firm of 15 × 15 MW", () => {
    const row = plan.ledger.find(({ quarter }) => quarter === "2028-Q1");
    expect(row).toMatchObject({ contracted: { known: 225e6, missing: [] }, firm: { known: 210e6, missing: [] } });
  });

  test("is about 5,600 racks and 800 MW of them at full build", () => {
    expect(plan.ledger.at(-1)).toMatchObject({ racks: 5_600, gpus: 403_200 });
    expect(plan.pools.reduce((sum, { it }) => sum + it.known, 0)).toBe(795_200_000);
  });

  test("holds every pool: nothing is online", () => {
    expect(plan.pools.map(({ held }) => held)).toEqual([true, true, true]);
    expect(plan.endpoints.every(({ held }) => held)).toBe(true);
  });
});

describe("the lab", () => {
  const { plan } = opening(siteText("lab"));

  test("eight racks, 576 GPUs, 512 to count on at 16 of 18 trays", () => {
    expect(plan.pools[0]).toMatchObject({
      racks: 8,
      nodes: 144,
      gpusPerNode: 4,
      gpus: 576,
      usableGpus: 512,
      wattsPerGpu: 1_973,
      held: false,
    });
  });

  test("1,136 kW of racks, 12.7 % beside them, PUE 1.20 once", () => {
    expect(plan.ledger.at(-1)).toMatchObject({
      it: { known: 1_280_272 },
      meter: { known: 1_536_327 },
      firm: { known: 2_000_000 },
    });
  });

  test("costs in whole micro-dollars: 8 racks of $3.5 M and $12 a watt", () => {
    expect(plan.cost.capex).toEqual({ known: 28_000_000_000_000n + 1_280_272n * 12_000_000n, missing: [] });
    expect(plan.cost.lines.reduce((sum, { perHour }) => sum + (perHour ?? 0n), 0n)).toBe(plan.cost.perHour.known);
  });
});
