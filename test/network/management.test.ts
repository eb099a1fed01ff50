import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { type AccessDemand, sizeAccess } from "../../components/network/fabric/management.ts";

const demand: fc.Arbitrary<AccessDemand> = fc.record({
  ports: fc.integer({ min: 0, max: 5_000 }),
  racks: fc.integer({ min: 0, max: 600 }),
  portsPerRack: fc.integer({ min: 0, max: 12 }),
  rackUnits: fc.integer({ min: 0, max: 4_000 }),
  switchUnits: fc.integer({ min: 1, max: 4 }),
  unitsPerRack: fc.integer({ min: 1, max: 48 }),
  portsPerSwitch: fc.integer({ min: 1, max: 64 }),
});

/** Ports that so many switches must serve, their own and their racks' among them. */
const asked = (of: AccessDemand, switches: number): number =>
  of.ports +
  switches +
  of.portsPerRack * (of.racks + Math.ceil((of.rackUnits + switches * of.switchUnits) / of.unitsPerRack));

property.prop([demand])("the switches serve themselves too, and one fewer would not", (of) => {
  const size = sizeAccess(of);
  fc.pre(size !== null);
  const { switches } = size;
  expect(asked(of, switches)).toBeLessThanOrEqual(switches * of.portsPerSwitch);
  for (let fewer = 0; fewer < Math.min(switches, 300); fewer++) {
    expect(asked(of, fewer)).toBeGreaterThan(fewer * of.portsPerSwitch);
  }
});

test("where a switch and its share of a rack take all the ports that it gives, there is no end", () => {
  const all = { ports: 1, racks: 0, portsPerRack: 0, rackUnits: 0, switchUnits: 1, unitsPerRack: 1, portsPerSwitch: 1 };
  expect(sizeAccess(all)).toBeNull();
  expect(sizeAccess({ ...all, portsPerSwitch: 2 })).toEqual({ switches: 1, networkRacks: 1 });
});

/** Nodes, 64 + 8 + 8 switches beside the SN2201, 2 appliances, 16 of storage; 108 power units stand in 38 racks. */
test("the out-of-band network of a SuperPOD of 127 nodes takes at most the 8 SN2201 of its bill", () => {
  const size = sizeAccess({
    ports: 127 + 64 + 8 + 2 + 16 + 108,
    racks: 38,
    portsPerRack: 0,
    rackUnits: 0,
    switchUnits: 1,
    unitsPerRack: 48,
    portsPerSwitch: 48,
  });
  expect(size?.switches).toBe(7);
});
