import { describe, expect, test } from "vitest";
import type { System } from "../../components/catalog/catalog.ts";
import { byName } from "../../components/catalog/names.ts";
import { trapIn } from "../../components/catalog/traps.ts";
import { watts } from "../../components/quantity.ts";
import { catalog, labWith, reading } from "../support/sites.ts";

const system = (id: string): System => {
  const found = catalog.systems.get(id);
  if (found === undefined) throw new Error(`no system ${id}`);
  return found;
};
const fact = <T>(value: T | null) => ({ value, source: "test", date: "2026-01-01", quality: "assumed" as const });

const peak = (value: number) => ({ factor: 1.5, ...fact(watts(value)) });

describe("a system with a trap is refused", () => {
  const rack = system("gb300-nvl72");
  test.each<[string, Partial<System>, RegExp]>([
    ["dies counted as GPUs", { gpusPerRack: fact(144) }, /^144 GPUs in a rack that is called nvl72: packages are GPUs/],
    ["eight shelves of 33 kW as its load", { tdp: fact(watts(264_000)) }, /nameplates, which is never a load$/],
    ["eight shelves of 33 kW as its peak", { edpPeaks: [peak(264_000)] }, /nameplates, which is never a load$/],
    ["a peak below TDP", { edpPeaks: [peak(141_999)] }, /^an EDP peak below TDP/],
    ["less than its GPUs draw", { tdp: fact(watts(100_799)) }, /^a TDP below that of its 72 GPUs, 100800 W/],
  ])("%s", (_, part, trap) => {
    expect(trapIn({ ...rack, ...part }, catalog.gpus)).toMatch(trap);
  });

  test("144 GPUs at 200 kW in one rack, as it has been published: a factor of two in the power of a package", () => {
    const published = { ...rack, id: "vera-rubin", gpu: "GB300", gpusPerRack: fact(144), tdp: fact(watts(200_000)) };
    expect(trapIn({ ...published, edpPeaks: [] }, catalog.gpus)).toContain("dies counted as GPUs");
  });

  test("what is not known is no trap, and the limits themselves are none", () => {
    const open = {
      tdp: fact<never>(null),
      edpPeaks: [{ factor: 1.5, ...fact<never>(null) }],
      psuNameplate: fact<never>(null),
      gpusPerRack: fact<never>(null),
    };
    expect(trapIn({ ...rack, ...open }, catalog.gpus)).toBeNull();
    expect(trapIn({ ...rack, tdp: fact(watts(100_800)), edpPeaks: [peak(100_800)] }, catalog.gpus)).toBeNull();
    expect(trapIn({ ...rack, edpPeaks: [peak(263_999)] }, catalog.gpus)).toBeNull();
  });
});

test("a blueprint that counts dies is told the rack's own name", () => {
  const read = reading(labWith(["system: gb300-nvl72", "system: vera-rubin-nvl144"]));
  expect(read.ok ? [] : read.faults).toMatchObject([
    { got: "vera-rubin-nvl144", fix: "did you mean vera-rubin-nvl72?" },
  ]);
});

/** Published dense peaks, TFLOP/s; the data sheets print twice as much under "with sparsity". */
const DENSE_BF16 = {
  H100: 989,
  H200: 989,
  B200: 2250,
  B300: 2250,
  GB200: 2500,
  GB300: 2500,
  MI300X: 1307,
  MI325X: 1307,
  MI355X: 2516,
};

test.each(Object.entries(DENSE_BF16))("%s: %s TFLOP/s are dense, and so are its other formats", (name, dense) => {
  const gpu = byName(catalog.gpus, name);
  const { bf16 = null, fp8 = null, fp4 = null } = gpu?.flops ?? {};
  expect(bf16).toBe(dense * 1e12);
  // Half the bits give twice the rate; NVFP4 of Blackwell Ultra gives six times. A sparse figure would be twice that again.
  expect((fp8 ?? 0) / (bf16 ?? 1)).toBeCloseTo(2, 1);
  expect((fp4 ?? 0) / (bf16 ?? 1)).toBeLessThan(6.5);
});

test("every TDP of a rack lies between its GPUs and its power supplies", () => {
  for (const { tdp, psuNameplate, gpusPerRack, gpu } of catalog.systems.values()) {
    if (tdp.value === null) continue;
    expect(tdp.value).toBeGreaterThan((byName(catalog.gpus, gpu)?.tdpWatts ?? 0) * (gpusPerRack.value ?? 0));
    expect(tdp.value).toBeLessThan(psuNameplate.value ?? Number.POSITIVE_INFINITY);
  }
});
