import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import type { Coolant } from "../../components/catalog/catalog.ts";
import { footprintLoad } from "../../components/compute/halls.ts";
import { flowFor, heatOf } from "../../components/cooling/heat-balance.ts";
import {
  type Kelvin,
  type Kilograms,
  type LitresPerMinute,
  type Metres,
  type Millimetres,
  millimetres,
  perMinute,
  watts,
} from "../../components/quantity.ts";
import { catalog } from "../support/sites.ts";

const coolant = (id: string): Coolant => {
  const found = catalog.coolants.get(id);
  if (found === undefined) throw new Error(`no coolant ${id}`);
  return found;
};
const kelvin = (value: number) => value as Kelvin;
const flow = (value: number) => value as LitresPerMinute;

describe("heat to liquid and to air", () => {
  test.each([
    ["gb200-nvl72", 115_000, 17_000, 132_000],
    ["gb300-nvl72", 127_800, 14_200, 142_000],
    ["dgx-h100", 0, 40_800, 40_800],
  ])("%s: %i W + %i W = %i W", (id, liquid, air, tdp) => {
    const system = catalog.systems.get(id);
    expect([system?.liquidHeat.value, system?.airHeat.value, system?.tdp.value]).toEqual([liquid, air, tdp]);
    expect(liquid + air).toBe(tdp);
  });

  test("known together they are the TDP of every system", () => {
    for (const { liquidHeat, airHeat, tdp } of catalog.systems.values()) {
      if (liquidHeat.value === null || airHeat.value === null) continue;
      expect(liquidHeat.value + airHeat.value).toBe(tdp.value);
    }
  });

  test("what is not published is null", () => {
    expect(catalog.systems.get("vera-rubin-nvl72")?.liquidHeat.value).toBeNull();
    expect(catalog.systems.get("dgx-b300")?.airHeat.value).toBeNull();
  });
});

describe("flow", () => {
  test.each([
    ["water", 1.44],
    ["pg25", 1.49],
  ])("1 kW at 10 K takes 1.4 to 1.5 l/min of %s", (id, litres) => {
    expect(flowFor(watts(1_000), kelvin(10), coolant(id))).toBeCloseTo(litres, 2);
  });

  test("a GB300 rack: 120 to 130 l/min at 15 K, 170 to 195 at 10 K are the same heat", () => {
    const liquid = watts(127_800);
    expect(flowFor(liquid, kelvin(15), coolant("pg25"))).toBeCloseTo(127.3, 1);
    expect(flowFor(liquid, kelvin(10), coolant("pg25"))).toBeCloseTo(190.95, 1);
    const least = perMinute(catalog.systems.get("gb300-nvl72")?.coolantFlow.value ?? null);
    expect(least).toBe(120);
  });

  property.prop([fc.integer({ min: 1, max: 5_000_000 }), fc.integer({ min: 1, max: 40 })])(
    "the flow for a heat carries that heat, to a watt, and half the rise takes twice the flow",
    (heat, rise) => {
      const needed = flowFor(watts(heat), kelvin(rise), coolant("pg25"));
      const carried = heatOf(needed, kelvin(rise), coolant("pg25")) ?? 0;
      expect(Math.abs(carried - heat)).toBeLessThanOrEqual(1);
      expect(flowFor(watts(heat), kelvin(rise / 2), coolant("pg25"))).toBeCloseTo(2 * (needed ?? 0), 6);
    },
  );

  test("nothing follows from what is not known", () => {
    const odd: Coolant = { ...coolant("pg25"), density: { ...coolant("pg25").density, value: null } };
    expect(flowFor(null, kelvin(10), coolant("pg25"))).toBeNull();
    expect(flowFor(watts(1), kelvin(10), odd)).toBeNull();
    expect(heatOf(null, kelvin(10), coolant("pg25"))).toBeNull();
    expect(heatOf(flow(1), kelvin(10), odd)).toBeNull();
  });
});

describe("load on the floor", () => {
  const load = (kg: number | null, width: number, depth: number) =>
    footprintLoad(kg as Kilograms | null, width as Millimetres, depth as Millimetres);

  test("1,360 kg on 0.6 × 1.2 m are about 1,890 kg/m²", () => {
    expect(load(1_360, 600, 1_200)).toBe(18_524);
    expect(Math.round(18_524 / 9.80665 / 10) * 10).toBe(1_890);
  });

  test("12 kPa are 1,223 kg/m²", () => {
    expect(Math.floor(12_000 / 9.80665)).toBe(1_223);
    expect(load(1_223, 1_000, 1_000)).toBeLessThanOrEqual(12_000);
    expect(load(1_224, 1_000, 1_000)).toBeGreaterThan(12_000);
  });

  const inMillimetres = (fact: { readonly value: Metres | null } | undefined) => millimetres(fact?.value ?? null);

  test("the rack as it is published: 1,360 kg on 600 × 1068 mm", () => {
    const rack = catalog.systems.get("gb200-nvl72");
    expect(footprintLoad(rack?.weight.value ?? null, inMillimetres(rack?.width), inMillimetres(rack?.depth))).toBe(
      20_814,
    );
    expect(load(null, 600, 1_068)).toBeNull();
  });
});
