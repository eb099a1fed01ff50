import { describe, expect, test } from "vitest";
import type { Ratio, Volts, Watts } from "../../components/quantity.ts";
import { building, electrical, fact, kw, level, one, phase, power } from "./electrical.ts";

describe("a level", () => {
  const rpp = level({ id: "rpp", per: "pod" });
  const whip = level({ id: "whip", per: "rack", count: 8, rating: fact(kw(33)) });

  test("of NVIDIA's pod: four RPPs, eight whips a rack; the worst that one carries, and when", () => {
    expect(one([rpp, whip]).distribution).toMatchObject([
      {
        id: "rpp",
        kind: "rpp",
        building: "b1",
        elements: 4,
        usable: 500_000,
        worst: {
          element: "b1.h1.p1.rpp-1",
          load: { known: 378_667 },
          state: { out: ["b1.h1.p1.rpp-4"], cause: "single", quarter: "2026-Q4" },
        },
      },
      { id: "whip", elements: 64, usable: 33_000, worst: { load: { known: 23_667 } } },
    ]);
  });

  test("the IT beside the racks hangs on what feeds the pod, not on the whips", () => {
    const [of, feed] = one([rpp, whip], building({ otherIt: 0.127 as Ratio })).distribution;
    expect([of?.worst.load.known, feed?.worst.load.known]).toEqual([426_758, 23_667]);
  });

  /** √3 × 415 V × 60 A is 43.1 kW; the continuous 80 % leaves 34.5 kW. */
  test.each([
    [60, 34.5],
    [63, 36.2],
    [100, 57.5],
    [125, 71.9],
  ])("%i A at 415 V carries %f kW for good: the 80 %% rule comes off the rating once", (amps, usable) => {
    const rating = fact(Math.round(Math.sqrt(3) * 415 * amps) as Watts);
    const [of] = one([level({ rating, derating: 0.8 as Ratio })]).distribution;
    expect(((of?.usable ?? 0) / 1000).toFixed(1)).toBe(usable.toFixed(1));
  });

  test("efficiency loads what is above, once", () => {
    const { distribution } = one([
      level({ id: "transformer", count: 1, scheme: "N", rating: fact(kw(5000)) }),
      level({ id: "ups", count: 1, scheme: "N", rating: fact(kw(5000)), efficiency: fact(0.8 as Ratio) }),
    ]);
    expect(distribution.map(({ worst }) => worst.load.known)).toEqual([1_420_000, 1_136_000]);
  });

  test("unknown stays unknown: a rating, an efficiency above its own level, a rack", () => {
    expect(one([level({ rating: fact<Watts>(null) })]).distribution[0]?.usable).toBeNull();
    const lossy = one([
      level({ id: "transformer", count: 1, scheme: "N" }),
      level({ id: "ups", count: 1, scheme: "N", efficiency: fact<Ratio>(null) }),
    ]).distribution;
    expect(lossy.map(({ worst }) => worst.load.missing)).toEqual([["power.distribution[1].efficiency"], []]);
    const open = building({ rackWatts: null, it: { known: kw(0), missing: ["catalog:systems/gb300-nvl72/tdp"] } });
    expect(one([rpp, whip], open).distribution.map(({ worst }) => worst.load)).toEqual(
      [0, 1].map(() => ({ known: 0, missing: ["catalog:systems/gb300-nvl72/tdp"] })),
    );
  });

  test("racks of unknown power still go dark", () => {
    const open = building({ rackWatts: null });
    const { failures } = one(
      [level({ id: "transformer", count: 1, scheme: "N" }), level({ id: "ups", count: 2, scheme: "2N" })],
      open,
    );
    expect(failures?.losses).toMatchObject([{ level: "transformer", racks: 8 }]);
  });
});

describe("peaks and diversity", () => {
  const rpp = level({ id: "rpp", per: "pod" });
  const whip = level({ id: "whip", per: "rack", count: 8, rating: fact(kw(33)) });
  const edp = (factor: number) => ({ edpFactor: fact(factor as Ratio) });

  /** NVIDIA's pod at EDP 1.2 and 1.5: 439 and 510 kW on each RPP that is left; the IT beside the racks is 148 kW. */
  test.each([
    [1.2, 146, 148, 439],
    [1.5, 173, 147, 510],
  ])("at EDP %f", (factor, rackKw, otherKw, eachKw) => {
    const of = building({ rackPeakWatts: kw(rackKw), otherIt: ((otherKw * 1e3) / (8 * 142_000)) as Ratio });
    const [first] = electrical(power([rpp, whip], edp(factor)), [phase(of)]).distribution;
    expect(Math.round((first?.peak.load.known ?? 0) / 1000)).toBe(eachKw);
    expect(first?.peak.load.missing).toEqual([]);
  });

  test("a peak that is not known leaves the load at TDP as its floor", () => {
    const [first] = one([rpp, whip]).distribution;
    expect(first?.peak.load).toEqual({ known: first?.worst.load.known, missing: ["power.edpFactor"] });
    const [at13] = electrical(power([rpp], edp(1.3)), [phase(building())]).distribution;
    expect(at13?.peak.load.missing).toEqual(["catalog:systems/gb300-nvl72/edpPeaks"]);
  });

  test("diversity lightens what racks share, neither their own feeds nor the peak", () => {
    const of = building({ rackPeakWatts: kw(150), diversity: { value: 0.8 as Ratio, at: "buildings[0].diversity" } });
    const [shared, own] = electrical(power([rpp, whip], edp(1.2)), [phase(of)]).distribution;
    expect([shared?.worst.load.known, own?.worst.load.known]).toEqual([302_934, 23_667]);
    expect([shared?.peak.load.known, own?.peak.load.known]).toEqual([400_000, 25_000]);
  });

  test("a diversity that is not known counts as none", () => {
    const of = building({ diversity: { value: null, at: "buildings[0].diversity" } });
    expect(one([rpp], of).distribution[0]?.worst.load.known).toBe(378_667);
  });
});

test("a voltage that no service states is not known", () => {
  const [of] = one([level({ voltage: fact(415 as Volts) })]).distribution;
  expect(of?.voltages).toEqual([
    { by: "supply", given: null, givenAt: "power.services", taken: 415, takenAt: "power.distribution[0].voltage" },
  ]);
});
