import { describe, expect, test } from "vitest";
import type { Gate, Measure } from "../../components/catalog/gate.ts";
import { loadCatalog } from "../../components/catalog/load.ts";
import { readGate, readStudy } from "../../components/catalog/read-gate.ts";
import { PHASE_STATES } from "../../components/site/phase-state.ts";
import { PARTS } from "../../components/studies.ts";

const catalog = loadCatalog();
const gate = (id: string): Gate => {
  const found = catalog.gates.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no gate ${id}`);
  return found;
};
const measure = (of: string, id: string): Measure => {
  const found = gate(of).measures.find((each) => each.id === id);
  if (found === undefined) throw new Error(`${of} measures no ${id}`);
  return found;
};
const limits = (of: string, id: string) =>
  measure(of, id).limits.map(({ comparison, all }) => `${comparison} ${all?.written ?? "agreed"}`);

describe("the ladder", () => {
  test("stands in its order", () => {
    const order = catalog.gates.map(({ neededFrom }) => PHASE_STATES.indexOf(neededFrom));
    expect(order).toEqual(order.toSorted((left, right) => left - right));
  });

  test("each gate comes after gates that stand before it", () => {
    const ids = catalog.gates.map(({ id }) => id);
    for (const [index, { after }] of catalog.gates.entries()) {
      for (const id of after) expect(ids.slice(0, index)).toContain(id);
    }
  });

  test("figures and exceptions are of systems and GPUs of the catalog", () => {
    const systems = [...catalog.systems.keys()];
    // GPUs of racks that the catalog does not hold yet, and that others published figures of.
    const gpus = [...catalog.systems.values()].map(({ gpu }) => gpu).concat("A100", "H200", "B200");
    for (const { measures } of catalog.gates) {
      for (const { limits: ends, published } of measures) {
        const named = [...ends.flatMap(({ each }) => [...each.keys()]), ...published.keys()];
        for (const id of named) expect([...systems, ...gpus]).toContain(id);
      }
    }
  });

  test("every gate and measure has source, day and quality", () => {
    const all = catalog.gates.flatMap((each) => [each, ...each.measures]);
    expect(all.length).toBeGreaterThan(50);
    for (const { source, date, quality } of all) {
      expect(source).not.toBe("");
      expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(["measured", "published", "derived", "assumed"]).toContain(quality);
    }
  });
});

describe("studies", () => {
  test("rest on parts that the plan has, each with source, day and quality", () => {
    expect(catalog.studies.map(({ id }) => id)).toEqual([
      "short-circuit",
      "coordination",
      "arc-flash",
      "power-flow",
      "emt",
      "cfd",
    ]);
    for (const { parts, source, date, quality } of catalog.studies) {
      for (const part of parts) expect(Object.keys(PARTS)).toContain(part);
      expect([source, date, quality]).not.toContain("");
    }
  });

  test("every part of the plan is rested on", () => {
    expect(new Set(catalog.studies.flatMap(({ parts }) => parts))).toEqual(new Set(Object.keys(PARTS)));
  });

  test("one that rests on nothing is refused", () => {
    const entry = { proves: "x", neededFrom: "online", source: "y", date: "2026-01-01", quality: "assumed" };
    expect(() => readStudy("s", entry)).toThrow("catalog study s: it rests on no part of the plan");
  });
});

describe("the published thresholds", () => {
  test.each([
    ["pre-energization", "bonding", ["below 1 ohm"]],
    ["pre-energization", "checklist", ["atLeast 100 %"]],
    ["coolant-loop", "conductivity", ["below 1500 uS/cm"]],
    ["coolant-loop", "ph", ["atLeast 8", "atMost 10.5"]],
    ["coolant-loop", "suspended-solids", ["below 5 ppm"]],
    ["coolant-loop", "suspended-solids-at-fill", ["below 1 ppm"]],
    ["coolant-loop", "side-stream-filter", ["below 5 um"]],
    ["coolant-loop", "side-stream-flow", ["atLeast 10 %"]],
    ["coolant-loop", "inline-filter", ["atMost 50 um"]],
    ["coolant-loop", "pressure", ["atLeast 140 kPa", "atMost 450 kPa"]],
    ["coolant-loop", "pressure-decay", ["atMost 0 Pa"]],
    ["integrated-systems-test", "load", ["atLeast 100 %"]],
    ["node-diagnostics", "level", ["atLeast 3"]],
    ["gpu-burn", "duration", ["atLeast 24 h"]],
    ["pairwise-rdma", "line-rate", ["atLeast 80 %"]],
    ["workload", "ttft-p99", ["atMost agreed"]],
    ["security-review", "audit-log", ["atLeast 90 d"]],
  ])("%s: %s", (of, id, expected) => {
    expect(limits(of, id)).toEqual(expected);
  });

  test("storage of a DGX H100 SuperPOD: 125 and 62 GB/s a scalable unit, 40 and 20 a node", () => {
    const figures = gate("storage").measures.map(({ limits: [limit] }) => limit?.each.get("dgx-h100")?.written);
    expect(figures).toEqual(["125 GB/s", "62 GB/s", "40 GB/s", "20 GB/s"]);
  });

  /** Rate of NVLink one way, GB/s: half of what the data sheets give for both. */
  const ONE_WAY = { A100: 300, H100: 450, H200: 450, B200: 900, B300: 900, GB200: 900, GB300: 900, Rubin: 1800 };

  test("NVLink: 80 % of the rate one way", () => {
    const [limit] = measure("nvlink", "busbw").limits;
    expect([...(limit?.each ?? [])].map(([gpu, { value }]) => [gpu, value])).toEqual(
      Object.entries(ONE_WAY).map(([gpu, rate]) => [gpu, rate * 0.8e9]),
    );
  });

  test("which is the rate of those GPUs that the catalog has", () => {
    const rates = [...catalog.gpus.values()].flatMap(({ aliases, scaleUpBytesPerSecond }) =>
      aliases.flatMap((name) => (name in ONE_WAY ? [[name, scaleUpBytesPerSecond / 1e9]] : [])),
    );
    expect(rates.length).toBeGreaterThan(3);
    for (const [gpu, rate] of rates) expect([gpu, rate]).toEqual([gpu, ONE_WAY[gpu as keyof typeof ONE_WAY]]);
  });

  test.each([
    ["A100", 78],
    ["H200", 82],
    ["B200", 94],
  ] as const)("NVLink as published: %s at %s %% of the rate", (gpu, percent) => {
    const { value } = measure("nvlink", "busbw").published.get(gpu) ?? { value: 0 };
    expect(Math.round(value / (ONE_WAY[gpu] * 1e7))).toBe(percent);
  });
});

describe("an entry that is no gate is refused", () => {
  const entry = { proves: "x", neededFrom: "online", source: "y", date: "2026-01-01", quality: "published" };
  const reading = (more: object) => () => readGate("g", { ...entry, ...more });
  test.each([
    [{ neededFrom: "soon" }, "catalog entry g: soon is no phase state"],
    [{ quality: "good" }, "catalog entry g: good is no quality"],
    [{ measures: { m: { what: "w", dimension: "weight", atMost: 1 } } }, "catalog gate g/m: weight is no dimension"],
    [{ measures: { m: { what: "w", dimension: "count" } } }, "catalog gate g/m: no limit, and nobody to agree on one"],
    [{ measures: { m: { what: "w", dimension: "length", atMost: "1 inch" } } }, "catalog entry g/m: got 1 inch"],
    [{ measures: { m: { dimension: "count", atMost: 1 } } }, "catalog entry g/m: what is missing"],
  ])("%o", (more, message) => {
    expect(reading(more)).toThrow(message);
  });
});
