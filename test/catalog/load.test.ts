import { expect, test } from "vitest";
import { loadCatalog } from "../../components/catalog/load.ts";

const catalog = loadCatalog();

test("the GB300 NVL72 rack: 72 GPUs in 18 trays, 142 kW, 16 trays to count on", () => {
  const system = catalog.systems.get("gb300-nvl72");
  expect(system).toMatchObject({
    arch: "arm64",
    gpusPerRack: { value: 72 },
    nodesPerRack: { value: 18 },
    schedulableNodesPerRack: { value: 16 },
    tdp: { value: 142_000, quality: "published" },
  });
});

test("132 kW = 115 kW liquid + 17 kW air", () => {
  expect(catalog.systems.get("gb200-nvl72")?.tdp.value).toBe(115_000 + 17_000);
});

test("a rack counts packages, not dies", () => {
  expect(catalog.systems.get("vera-rubin-nvl72")?.gpusPerRack.value).toBe(72);
});

test("what nobody publishes is null, never 0", () => {
  expect(catalog.systems.get("vera-rubin-nvl72")?.tdp.value).toBeNull();
  expect(catalog.prices.get("dgx-h100")?.rack.value).toBeNull();
});

test("every fact has a source, a day and a quality", () => {
  const switches = [...catalog.switches.values()].flatMap((each) => [each, Object.fromEntries(each.portsAt)]);
  const facts = [...catalog.systems.values(), ...switches, ...catalog.models.values(), ...catalog.prices.values()]
    .flatMap((entry) => Object.values(entry))
    .filter(
      (value): value is { source: string; date: string; quality: string } =>
        typeof value === "object" && "source" in value,
    )
    .concat([...catalog.gpus.values()]);
  expect(facts.length).toBeGreaterThan(80);
  for (const fact of facts) {
    expect(fact.source).not.toBe("");
    expect(fact.date).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(["measured", "published", "derived", "assumed"]).toContain(fact.quality);
  }
});

test("every system has a price entry, known or not", () => {
  expect([...catalog.prices.keys()].sort()).toEqual([...catalog.systems.keys()].sort());
});
