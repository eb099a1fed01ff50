import { describe, expect, test } from "vitest";
import type { Fault } from "../../components/site/fault.ts";
import { readSite } from "../../components/site/load.ts";
import { showFaults } from "../../components/site/show-fault.ts";
import { MINIMAL_KNOWN, MINIMAL_SITE, minimalWith } from "../support/minimal-site.ts";

type Replacements = readonly (readonly [string, string])[];

function faultsOf(...replacements: Replacements) {
  const text = minimalWith(...replacements);
  const read = readSite(text, "stacks/mill/site.yaml", MINIMAL_KNOWN);
  return { text, source: read.source, faults: read.ok ? [] : read.faults };
}

/** The only fault of a changed site, with the text that it points at. */
function onlyFault(...replacements: Replacements): Fault & { readonly pointsAt: string } {
  const { text, source, faults } = faultsOf(...replacements);
  expect(faults).toHaveLength(1);
  const fault = faults[0] as Fault;
  const { line, column } = source.locate(fault.path, fault.atKey === true ? "key" : "value");
  const pointsAt = (text.split("\n")[line - 1] ?? "").slice(column - 1);
  return { ...fault, pointsAt };
}

test("the minimal site is read", () => {
  expect(readSite(MINIMAL_SITE, "site.yaml", MINIMAL_KNOWN).ok).toBe(true);
});

describe("keys", () => {
  test("an unknown key, at the key, with what was meant", () => {
    expect(onlyFault(["name: Mill Creek", "name: Mill Creek\n  plaice: x"])).toEqual({
      path: "site.plaice",
      atKey: true,
      problem: "unknown key",
      got: "plaice",
      allowed: "name, place, timeZone, demand",
      fix: "did you mean place?",
      pointsAt: "plaice: x",
    });
  });

  test("an unknown key that is near to none", () => {
    expect(onlyFault(["tag: v1 }", "tag: v1, colour: red }"])).toMatchObject({
      path: "serving.endpoints[0].image.colour",
      fix: "delete it",
      pointsAt: "colour: red }",
    });
  });

  test("a missing key, at the block that lacks it, with an example", () => {
    expect(onlyFault(["      until: 2030-Q4\n", ""], ["      voltage: 13.8 kV\n", ""])).toEqual({
      path: "power.services[0].voltage",
      atKey: true,
      problem: "missing key voltage",
      got: "nothing",
      allowed: "service voltage",
      fix: 'add it, as in "voltage: 13.8 kV"',
      pointsAt: "id: feeder-{1..2}",
    });
  });

  test.each([
    ["  budget:\n    capex: $450 M\n    perHour: unknown\n", "cost.budget", "add budget"],
    [", evidence: [] }", "phases[1].evidence", 'add it, as in "evidence: []"'],
    ["spareRacks: 1, ", "pools[0].spareRacks", 'add it, as in "spareRacks: 1"'],
    ["target: { kind: kubernetes, context: prod }\n", "target", "add target"],
    ["kind: kubernetes, ", "target.kind", "add kind"],
    [", context: prod", "target.context", "add context"],
    ["capacity: owned, ", "pools[0].capacity", 'add it, as in "capacity: owned"'],
  ])("without %s", (piece, path, fix) => {
    const by = piece.endsWith("}") ? " }" : "";
    expect(onlyFault([piece, by])).toMatchObject({ path, fix, got: "nothing" });
  });

  test("a figure that lacks its value names value", () => {
    expect(onlyFault(["{ value: 1.20, source", "{ source"])).toMatchObject({
      path: "power.pue.value",
      problem: "missing key value",
    });
  });
});

describe("quantities", () => {
  test("another case of the unit", () => {
    expect(onlyFault(["powerBudget: 2 MW", "powerBudget: 2 mw"])).toEqual({
      path: "pools[0].powerBudget",
      problem: "not a power",
      got: "2 mw",
      allowed: 'a number and W, kW, MW, GW, as in "142 kW"',
      fix: 'did you mean "2 MW"?',
      pointsAt: "2 mw }",
    });
  });

  test("a figure may also be unknown", () => {
    expect(onlyFault(["contracted: 30 MW", "contracted: unknwon"])).toMatchObject({
      problem: "not a power",
      allowed: 'a number and W, kW, MW, GW, as in "142 kW", or unknown',
      fix: 'did you mean "unknown"?',
    });
  });

  test("in a block it points at the value", () => {
    expect(onlyFault(["value: 40 MW", "value: 40 MWh"])).toMatchObject({
      path: "site.demand[0].power.value",
      pointsAt: "40 MWh, source: minutes }",
    });
  });

  test.each([
    ["capex: $450 M", "capex: 450 M", "not a sum of money", 'did you mean "$450 M"?'],
    ["capex: $450 M", "capex: USD 450 M", "not a sum of money", 'did you mean "$450 M"?'],
    ["capex: $450 M", 'capex: "$450,000,000"', "not a sum of money", 'did you mean "$450000000"?'],
    ["tariff: 7.1 c/kWh", "tariff: $0.071/kWh", "not a price of energy", 'did you mean "0.071 $/kWh"?'],
    ["tariff: 7.1 c/kWh", "tariff: 71 USD/MWh", "not a price of energy", 'did you mean "71 $/MWh"?'],
    ["itLife: 5 y", "itLife: 5 years", "not a duration", 'did you mean "5 y"?'],
    ["itLife: 5 y", "itLife: 5", "not a duration", 'write it as in "5 y"'],
    ["wacc: 7 %", "wacc: 7 percent", "not a ratio", 'did you mean "7 %"?'],
    ["wacc: 7 %", 'wacc: "7,5 %"', "not a ratio", 'did you mean "7.5 %"?'],
    ["wacc: 7 %", "wacc: n/a", "not a ratio", 'did you mean "unknown"?'],
    ["wacc: 7 %", "wacc: -7 %", "not a ratio", 'write it as in "80 %"'],
    ["wacc: 7 %", "wacc: 7e-2", "not a ratio", 'write it as in "80 %"'],
    ["wacc: 7 %", "wacc: .inf", "not a ratio", 'write it as in "80 %"'],
    ["voltage: 13.8 kV", "voltage: 13.8", "not a voltage", 'write it as in "13.8 kV"'],
    ["rating: 500 kW", "rating: 500 GB", "not a power", 'write it as in "142 kW"'],
  ])("%s → %s", (piece, by, problem, fix) => {
    expect(onlyFault([piece, by])).toMatchObject({ problem, fix });
  });

  test("a comma in a block of braces makes a key of the rest", () => {
    const { faults } = faultsOf(["powerBudget: 2 MW", "powerBudget: 1,200 kW"]);
    expect(faults).toMatchObject([
      { path: "pools[0].powerBudget", problem: "not a power", got: "1" },
      { path: 'pools[0]["200 kW"]', problem: "unknown key", atKey: true },
    ]);
  });

  test("a number keeps its letters", () => {
    expect(onlyFault(["value: 1.20,", "value: 0x10,"])).toMatchObject({ got: "0x10", problem: "not a ratio" });
    expect(onlyFault(["value: 1.20,", "value: 1.00000000000000001,"])).toMatchObject({
      got: "1.00000000000000001",
    });
  });

  test("nothing where a figure stands asks for unknown", () => {
    expect(onlyFault(["contracted: 30 MW", "contracted:"])).toEqual({
      path: "power.services[0].contracted",
      problem: "wrong kind of value",
      got: "nothing",
      allowed: 'a number with its unit, as in "142 kW", or unknown',
      fix: "write unknown where it is not known",
      pointsAt: "contracted:",
    });
  });
});

describe("other values", () => {
  test.each([
    ["state: permitted", "state: permited", "did you mean permitted?"],
    ["capacity: owned", "capacity: owed", "did you mean owned?"],
    ["kind: kubernetes", "kind: kubernets", "did you mean kubernetes?"],
    ["kind: kubernetes", "kind: cloud", "write one of them"],
    ["precision: fp8", "precision: FP8", "did you mean fp8?"],
    ["millrace/v1", "millrace/v2", "did you mean millrace/v1?"],
  ])("%s → %s", (piece, by, fix) => {
    expect(onlyFault([piece, by])).toMatchObject({ problem: "not one of the words allowed", fix });
  });

  test("a phase without buildings leaves its building without a phase", () => {
    expect(faultsOf(["buildings: [old]", "buildings: []"]).faults).toMatchObject([
      { path: "buildings[0].id", problem: "building in no phase", got: "old" },
      { path: "phases[0].buildings", problem: "too few entries", got: "an empty list", allowed: "1 to 1000" },
    ]);
  });

  test("the words of a union are those of its branches", () => {
    expect(onlyFault(["kind: kubernetes", "kind: cluster"])).toEqual({
      path: "target.kind",
      problem: "not one of the words allowed",
      got: "cluster",
      allowed: "render, kubernetes, aws",
      fix: "write one of them",
      pointsAt: "cluster, context: prod }",
    });
  });

  test("a key of the other branch", () => {
    expect(onlyFault(["kind: kubernetes", "kind: render"])).toMatchObject({
      path: "target.context",
      problem: "unknown key",
    });
  });

  test.each([
    ["halls: 1", "halls: one", "wrong kind of value", "a whole number", "write it in digits, without a unit"],
    ["halls: 1", "halls: 1.5", "wrong kind of value", "a whole number", "write it in digits, without a unit"],
    ["halls: 1", "halls: 0", "too small", "1 to 1000", "data halls in the building"],
    ["halls: 1", "halls: 1001", "too large", "1 to 1000", "data halls in the building"],
    ["from: 2026-Q4", "from: 2026-Q5", "not in the form asked for", "quarter in which", "write year and quarter"],
    ["date: 2026-02-03", "date: 2026-02-30", "not a calendar day", "a day that the calendar has", "write year, month"],
    ["date: 2026-02-03", "date: 2026-2-3", "not a calendar day", "a day that the calendar has", "write year, month"],
    ["evidence: [] }", "evidence: none }", "wrong kind of value", "a list", "start each entry"],
    ["{ kind: kubernetes, context: prod }", "prod", "wrong kind of value", "a block of keys", "write its keys"],
    ["name: Mill Creek", "name: 12", "wrong kind of value", "text", 'put it in quotes: "12"'],
    ["tag: v1", "tag: 1.0", "wrong kind of value", "text", 'put it in quotes: "1.0"'],
    ["tag: v1", "tag: true", "wrong kind of value", "text", 'put it in quotes: "true"'],
    ["assumed: true", "assumed: yes", "wrong kind of value", "true or false", "write true or false"],
    ["name: Mill Creek", 'name: ""', "empty", "text", "name of the site"],
    ["name: Mill Creek", `name: ${"x".repeat(201)}`, "too long", "at most 200 characters", "name of the site"],
    [
      "id: plant",
      "id: Plant_1",
      "not in the form asked for",
      "name of the plant",
      "use lower case, digits and hyphens",
    ],
    ["id: plant", "id: plant-", "not in the form asked for", "name of the plant", "use lower case, digits and hyphens"],
    ["id: plant", `id: ${"x".repeat(32)}`, "too long", "at most 31 characters", "name of the plant"],
  ])("%s → %s", (piece, by, problem, allowed, fix) => {
    expect(onlyFault([piece, by])).toMatchObject({
      problem,
      allowed: expect.stringContaining(allowed),
      fix: expect.stringContaining(fix),
    });
  });
});

test("shape and meaning come in one run, each place once, in the order of the file", async () => {
  const { source, faults } = faultsOf(
    ["name: Mill Creek", "nam: Mill Creek"],
    ["New_York", "New_Yrok"],
    ["value: 1.20,", "value: lots,"],
    ["voltage: 13.8 kV", "voltage: 13.8 kv"],
    ["scheme: 4N/3", "scheme: 4N3"],
    ["halls: 1,", "halls: -1,"],
    ["state: permitted", "state: permited"],
    ["date: 2026-02-03", "date: 2026-13-03"],
    ["phase: second", "phase: secnod"],
    ["model: llama-3.1-70b", "model: lama-3.1-70b"],
    ["kind: kubernetes", "kind: cluster"],
  );
  const lines = faults.map(({ path, atKey }) => source.locate(path, atKey === true ? "key" : "value").line);
  expect(lines).toEqual(lines.toSorted((left, right) => left - right));
  expect(new Set(faults.map(({ path }) => path)).size).toBe(faults.length);
  await expect(`${showFaults(faults, source)}\n`).toMatchFileSnapshot("../golden/site/faults.txt");
});

test("of very many faults the first hundred are told, and how many there are", () => {
  const unknown = Array.from({ length: 300 }, (_, index) => `  x${index}: 1`).join("\n");
  const { faults } = faultsOf(["  name: Mill Creek", `${unknown}\n  name: Mill Creek`]);
  expect(faults).toHaveLength(101);
  expect(faults[0]).toMatchObject({ path: "site.x0", problem: "unknown key" });
  expect(faults[100]).toMatchObject({ path: "site.x100", problem: "more faults from here on", got: "300 in all" });
});
