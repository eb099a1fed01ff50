import { describe, expect, test } from "vitest";
import { readSite } from "../../components/site/load.ts";
import { MINIMAL_KNOWN, minimalWith } from "../support/minimal-site.ts";
import { labWith, ohioWith, reading, siteText } from "../support/sites.ts";

/** What is wrong with a text, with the line that each fault points at. */
function faultsOf(text: string): readonly string[] {
  const read = reading(text, "aws-ohio");
  if (read.ok) return [];
  return read.faults.map((fault) => {
    const { line } = read.source.locate(fault.path, fault.atKey === true ? "key" : "value");
    return `${text.split("\n")[line - 1]?.trim()} | ${fault.path}: ${fault.problem}`;
  });
}

test("aws-ohio has none", () => {
  expect(faultsOf(siteText("aws-ohio"))).toEqual([]);
});

describe("what target aws can do nothing with", () => {
  test.each([
    ["power", "cost:\n", "power: { pue: 1.2, services: [], generation: [], distribution: [] }\ncost:\n"],
    ["pools[0].powerBudget", "    capacity: reserved\n", "    capacity: reserved\n    powerBudget: 1 MW\n"],
    ["pools[0].spareRacks", "    capacity: reserved\n", "    capacity: reserved\n    spareRacks: 1\n"],
    [
      "pools[0].powerCap",
      "    capacity: reserved\n",
      "    capacity: reserved\n    powerCap: { perGpu: 600 W, enforcedBy: nothing }\n",
    ],
    [
      "network.ways",
      "  ingressNamespaces: [gateway-system]\n",
      "  ingressNamespaces: [gateway-system]\n  ways: { rackPitch: 1 m, hallPitch: 1 m, drop: 1 m, slack: 0 %, unitsPerRack: 40 }\n",
    ],
    [
      "network.fabrics",
      "  ingressNamespaces: [gateway-system]\n",
      "  ingressNamespaces: [gateway-system]\n  fabrics: [{ id: a, carries: [compute], switch: sn5600, leaf: unit, planes: 1, oversubscription: 1, keeps: 0 % }]\n",
    ],
    ["cost.tariff", "  priceAge: 365 d\n", "  priceAge: 365 d\n  tariff: 7 c/kWh\n"],
    ["cost.budget.capex", "    perHour: {", "    capex: $1 M\n    perHour: {"],
  ])("%s", (path, piece, by) => {
    const key = path.split(".").at(-1);
    const [fault, ...more] = faultsOf(ohioWith([piece, by]));
    expect(more).toEqual([]);
    expect(fault).toContain(`| ${path}: target aws has no ${key}`);
    expect(fault?.startsWith(`${key}:`)).toBe(true);
  });
});

describe("what other targets can do nothing with, and what they need", () => {
  test("instances", () => {
    const instances = "capacity: owned\n    instances: { type: p5.48xlarge, count: 1, spare: 0, zone: us-east-2a }";
    expect(faultsOf(labWith(["capacity: owned", instances]))).toEqual([
      "instances: { type: p5.48xlarge, count: 1, spare: 0, zone: us-east-2a } | pools[0].instances: target render has no instances",
    ]);
  });

  test.each([
    ["spareRacks: 1, ", "pools[0].spareRacks"],
    ["powerBudget: 2 MW", "pools[0].powerBudget"],
    ["    buildings: [old]\n", "phases[0].buildings"],
    ["  tariff: 7.1 c/kWh\n", "cost.tariff"],
    ["  wacc: 7 %\n", "cost.wacc"],
    ["    capex: $450 M\n", "cost.budget.capex"],
  ])("without %s", (piece, path) => {
    const read = readSite(minimalWith([piece, ""]), "stacks/mill/site.yaml", MINIMAL_KNOWN);
    if (read.ok) throw new Error("it was read");
    expect(read.faults).toContainEqual(
      expect.objectContaining({ path, atKey: true, problem: `missing key ${path.split(".").at(-1)}`, got: "nothing" }),
    );
  });
});

describe("what a cloud cannot rent", () => {
  test.each([
    ["zone: us-east-2b #", "zone: us-east-2c #", "pools[0].instances.zone: unknown zone"],
    [
      "zones: [us-east-2a, us-east-2b]",
      "zones: [us-east-2a, us-east-2b, us-east-1a]",
      "target.zones[2]: zone of another region",
    ],
    [
      "zones: [us-east-2a, us-east-2b]",
      "zones: [us-east-2a, us-east-2b, us-east-2b]",
      "target.zones[2]: zone stands twice",
    ],
    ["spare: 1", "spare: 16", "pools[0].instances.spare: no node left in service"],
    ["capacity: reserved", "capacity: owned", "pools[0].capacity: instances are not owned"],
    ["capacity: reserved", "capacity: spot", "pools[0].instances.reservation: spot nodes come from no reservation"],
    [
      "      reservation: { kind: on-demand, count: 8 } # made here; billed at the on-demand price, used or not\n",
      "",
      "pools[1].instances.reservation: missing key reservation",
    ],
    [
      "until: 2027-01-04T11:30Z",
      "until: 2026-11-04T11:30Z",
      "pools[0].instances.reservation.until: ends before it starts",
    ],
    ["until: 2027-01-04T11:30Z", "until: 2027-02-30T11:30Z", "pools[0].instances.reservation.until: not an instant"],
    [
      "until: 2027-01-04T11:30Z",
      "until: 2027-01-04",
      "pools[0].instances.reservation.until: not in the form asked for",
    ],
    ["network: 10.40.0.0/16", "network: 10.40.1.0/16", "target.network: not a network for a VPC"],
    ["network: 10.40.0.0/16", "network: 10.40.0.0/24", "target.network: not a network for a VPC"],
    ["network: 10.40.0.0/16", "network: 300.40.0.0/16", "target.network: not a network for a VPC"],
    ["type: p5.48xlarge", "type: p5.48xlarg", "pools[1].instances.type: unknown instance"],
    ['account: "123456789012"', "account: 123456789012", "target.account: wrong kind of value"],
    ['kubernetes: "1.34"', "kubernetes: 1.34", "target.kubernetes: wrong kind of value"],
  ])("%s → %s", (piece, by, fault) => {
    expect(faultsOf(ohioWith([piece, by])).map((line) => line.split(" | ")[1])).toEqual([fault]);
  });
});
