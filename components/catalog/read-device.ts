import type { Device } from "./device.ts";
import { aliases, countFact, type Fields, numberFact, quantityFact, words } from "./entry.ts";

/** A device of the catalog. Throws where it cannot be: fewer supplies than it needs, fewer ports at most than at least. */
export function readDevice(id: string, fields: Fields): Device {
  const device: Device = {
    id,
    name: words(id, fields, "name"),
    aliases: aliases(fields),
    heightUnits: numberFact(id, fields, "heightUnits"),
    weightKilograms: numberFact(id, fields, "weightKilograms"),
    systemMaximum: quantityFact("power", id, fields, "systemMaximum"),
    supplies: countFact(id, fields, "supplies"),
    suppliesNeeded: countFact(id, fields, "suppliesNeeded"),
    supplyNameplate: quantityFact("power", id, fields, "supplyNameplate"),
    portsLeast: countFact(id, fields, "portsLeast"),
    portsMost: countFact(id, fields, "portsMost"),
  };
  inOrder(id, device.suppliesNeeded.value, device.supplies.value);
  inOrder(id, device.portsLeast.value, device.portsMost.value);
  return device;
}

function inOrder(id: string, least: number | null, most: number | null): void {
  if (least !== null && most !== null && least > most)
    throw new Error(`catalog entry ${id}: ${least} is above ${most}`);
}
