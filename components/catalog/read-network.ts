import { type BitsPerSecond, isMisread, parse } from "../quantity.ts";
import type { Medium, ReferenceDesign, Switch } from "./catalog.ts";
import { countFact, type Fields, numeral, quantityFact, words } from "./entry.ts";

export function readSwitch(id: string, fields: Fields): Switch {
  return {
    id,
    name: words(id, fields, "name"),
    protocol: words(id, fields, "protocol") === "infiniband" ? "infiniband" : "ethernet",
    portsAt: new Map((fields.portsAt as readonly Fields[]).map((row) => [speed(id, row), countFact(id, row, "ports")])),
    cages: countFact(id, fields, "cages"),
    rackUnits: countFact(id, fields, "rackUnits"),
    power: quantityFact("power", id, fields, "power"),
  };
}

export function readMedium(id: string, fields: Fields): Medium {
  const between = words(id, fields, "between");
  return {
    id,
    speed: speed(id, fields),
    between: between === "node" || between === "switch" ? between : "any",
    medium: words(id, fields, "medium"),
    part: words(id, fields, "part"),
    reach: quantityFact("length", id, fields, "reach"),
  };
}

export function readReferenceDesign(id: string, fields: Fields): ReferenceDesign {
  const { gpuLeavesFromUnit, testedUnits } = fields;
  return {
    id,
    nodesPerUnit: numeral(id, fields, "nodesPerUnit"),
    gpusPerNode: numeral(id, fields, "gpusPerNode"),
    planes: numeral(id, fields, "planes"),
    singleTierUnits: numeral(id, fields, "singleTierUnits", 0),
    gpuLeavesFromUnit: gpuLeavesFromUnit === null ? null : numeral(id, fields, "gpuLeavesFromUnit"),
    nodesPerManagementSwitch: numeral(id, fields, "nodesPerManagementSwitch"),
    testedUnits: testedUnits as readonly number[],
    source: words(id, fields, "source"),
    date: words(id, fields, "date"),
  };
}

function speed(id: string, fields: Fields): BitsPerSecond {
  const value = parse("dataRate", words(id, fields, "speed"));
  if (isMisread(value)) throw new Error(`catalog entry ${id}: speed: got ${value.got}, allowed ${value.allowed}`);
  return value;
}
