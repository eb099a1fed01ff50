import { describe, expect, test } from "vitest";
import type { PhasePlan } from "../../components/plan-types.ts";
import { planLedger } from "../../components/power/ledger.ts";
import type { Power } from "../../components/power/schema.ts";
import type { Ratio, Volts, Watts } from "../../components/quantity.ts";
import type { Fact } from "../../components/site/fields.ts";

const fact = <T>(value: T | null): Fact<T> => ({ value, source: "document", assumed: false });
const mw = (value: number) => (value * 1e6) as Watts;

const phase = (id: string, from: string, it: number | null, state: PhasePlan["state"] = "designed"): PhasePlan => ({
  id,
  from,
  state,
  buildings: [],
  instances: [],
  racks: 10,
  gpus: 720,
  it: { known: mw(it ?? 0), missing: it === null ? [`${id}.it`] : [] },
  evidence: [],
  at: `phases.${id}`,
});

/** Independence's on-site plant: 15 gas turbines of 15 MW; one held out leaves 210 MW firm of 225 MW. */
const plant: Power["generation"][number] = {
  id: "plant-phase-1",
  units: fact(15 as Ratio),
  unit: fact(mw(15)),
  scheme: "N+1",
  from: "2027-Q4",
};
const service = (firm: number | null): Power["services"][number] => ({
  id: "bridge-{1..4}",
  voltage: fact<Volts>(null),
  contracted: fact(mw(30)),
  firm: fact(firm === null ? null : mw(firm)),
  from: "2026-Q2",
  until: "2027-Q3",
});
const power = (parts: Partial<Power>): Power => ({
  pue: fact(1.25 as Ratio),
  services: [],
  generation: [],
  distribution: [],
  ...parts,
});

describe("the ledger", () => {
  test("firm is what the scheme leaves up, not the nameplate", () => {
    const [row] = planLedger(power({ generation: [plant] }), [phase("p", "2027-Q4", 160)]);
    expect(row).toMatchObject({
      quarter: "2027-Q4",
      contracted: { known: 225e6, missing: [] },
      firm: { known: 210e6, missing: [] },
      it: { known: 160e6 },
      meter: { known: 200e6, missing: [] },
    });
  });

  test("a run of contracts states its figure for each; an unknown one leaves the sum open", () => {
    const [row] = planLedger(power({ services: [service(null)] }), [phase("p", "2026-Q2", 1)]);
    expect(row?.supplies.map(({ id }) => id)).toEqual(["bridge-1", "bridge-2", "bridge-3", "bridge-4"]);
    expect(row?.contracted.known).toBe(120e6);
    expect(row?.firm).toEqual({ known: 0, missing: Array(4).fill("power.services[0].firm") });
  });

  test("has a row for every quarter, and a supply leaves after its last one", () => {
    const rows = planLedger(power({ services: [service(20)], generation: [plant] }), [phase("p", "2027-Q1", 1)]);
    expect(rows.map(({ quarter }) => quarter)).toEqual([
      "2026-Q2",
      "2026-Q3",
      "2026-Q4",
      "2027-Q1",
      "2027-Q2",
      "2027-Q3",
      "2027-Q4",
    ]);
    expect(rows.map(({ firm }) => firm.known / 1e6)).toEqual([80, 80, 80, 80, 80, 80, 210]);
    expect(rows.map(({ it }) => it.known / 1e6)).toEqual([0, 0, 0, 1, 1, 1, 1]);
  });

  test("an unknown PUE leaves the IT load as the floor of the meter", () => {
    const [row] = planLedger(power({ pue: fact<Ratio>(null), generation: [plant] }), [phase("p", "2027-Q4", 212)]);
    expect(row?.meter).toEqual({ known: 212e6, missing: ["power.pue"] });
  });

  test("an unknown phase load leaves the sum open", () => {
    const [row] = planLedger(power({ generation: [plant] }), [phase("a", "2027-Q4", 10), phase("b", "2027-Q4", null)]);
    expect(row?.it).toEqual({ known: 10e6, missing: ["b.it"] });
  });

  test("a retired phase draws nothing", () => {
    const [row] = planLedger(power({ generation: [plant] }), [phase("a", "2027-Q4", 10, "retired")]);
    expect(row).toMatchObject({ racks: 0, it: { known: 0 } });
  });

  test("a site with neither supply nor load has no rows", () => {
    expect(planLedger(power({}), [])).toEqual([]);
  });
});
