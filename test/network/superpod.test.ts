import { describe, expect, test } from "vitest";
import { computeDemand, isDemandFault } from "../../components/network/fabric/demand.ts";
import { type FabricSize, isTooLarge, sizeFabric } from "../../components/network/fabric/size.ts";
import { catalog } from "../support/sites.ts";

const PLAIN = { planes: 1, oversubscription: 1, leafPerRackPerRail: false, ufm: false };

function size(system: string, on: string, choice: Partial<typeof PLAIN> & { readonly nodes: number }): FabricSize {
  const [from, found] = [catalog.systems.get(system), catalog.switches.get(on)];
  if (from === undefined || found === undefined) throw new Error(`${system} or ${on} is not in the catalog`);
  const demand = computeDemand(from, found, { ...PLAIN, ...choice });
  if (isDemandFault(demand)) throw new Error(demand.kind);
  const sized = sizeFabric(demand);
  if (isTooLarge(sized)) throw new Error(`too large: ${sized.maxNodes}`);
  return sized;
}

/** leaf, spine, core, node-leaf, leaf-spine, spine-core. */
const row = ({ leaf, spine, core, nodeLeafCables, leafSpineCables, spineCoreCables }: FabricSize) => [
  leaf,
  spine,
  core,
  nodeLeafCables,
  leafSpineCables,
  spineCoreCables,
];

describe("DGX SuperPOD H100, RA-11333-001 V11", () => {
  test.each([
    [31, [8, 4, 0, 252, 256, 0]],
    [63, [16, 8, 0, 508, 512, 0]],
    [95, [24, 16, 0, 764, 768, 0]],
    [127, [32, 16, 0, 1020, 1024, 0]],
  ])("table 4: %i nodes with the fabric manager in the place of one", (nodes, counts) => {
    const sized = size("dgx-h100", "qm9700", { nodes, ufm: true });
    expect(row(sized)).toEqual(counts);
    expect(sized.units * 32 - 1).toBe(nodes);
  });

  test.each([
    [4, 128, [32, 16, 0, 1024, 1024, 0]],
    [8, 256, [64, 32, 0, 2048, 2048, 0]],
    [16, 512, [128, 128, 64, 4096, 4096, 4096]],
    [32, 1024, [256, 256, 128, 8192, 8192, 8192]],
    [64, 2048, [512, 512, 256, 16384, 16384, 16384]],
  ])("table 3: %i units, %i nodes", (units, nodes, counts) => {
    const sized = size("dgx-h100", "qm9700", { nodes });
    expect([sized.units, row(sized)]).toEqual([units, counts]);
  });

  test("errata: table 3 prints core cables for 4 and 8 units, which have no core", () => {
    for (const [nodes, printed] of [
      [128, 1024],
      [256, 2048],
    ] as const) {
      const { core, spineCoreCables } = size("dgx-h100", "qm9700", { nodes });
      expect([core, spineCoreCables]).toEqual([0, 0]);
      expect(spineCoreCables).not.toBe(printed);
    }
  });

  test("erratum: the web edition prints 56 units for 2,048 nodes, the PDF 64", () => {
    expect(size("dgx-h100", "qm9700", { nodes: 2048 }).units).toBe(64);
  });

  test("without the fabric manager 127 nodes have 8 cables each; a 128th beside it opens a fifth unit", () => {
    expect(row(size("dgx-h100", "qm9700", { nodes: 127 }))).toEqual([32, 16, 0, 1016, 1024, 0]);
    expect(size("dgx-h100", "qm9700", { nodes: 128, ufm: true })).toMatchObject({ units: 5, leaf: 40 });
  });
});

describe("DGX SuperPOD B300 on XDR", () => {
  test.each([
    [1, 72, [8, 4, 0, 576, 576, 0]],
    [2, 144, [16, 8, 0, 1152, 1152, 0]],
    [4, 288, [32, 18, 0, 2304, 2304, 0]],
    [8, 576, [64, 36, 0, 4608, 4608, 0]],
    [18, 1296, [144, 72, 0, 10368, 10368, 0]],
  ])("%i units, %i nodes", (units, nodes, counts) => {
    const sized = size("dgx-b300", "q3400-ra", { nodes });
    expect([sized.units, row(sized)]).toEqual([units, counts]);
  });

  test("erratum: 1,296 nodes are 10,368 GPUs, as the cables say, not the 9,216 printed", () => {
    const { nodeLeafCables } = size("dgx-b300", "q3400-ra", { nodes: 1296 });
    expect(nodeLeafCables).toBe(1296 * 8);
    expect(nodeLeafCables).not.toBe(9216);
  });
});

test("a naive division fails on the rows whose uplinks do not stripe, and on no other of two tiers", () => {
  const rows = [
    ...[31, 63, 95, 127].map((nodes) => size("dgx-h100", "qm9700", { nodes, ufm: true })),
    ...[128, 256].map((nodes) => size("dgx-h100", "qm9700", { nodes })),
    ...[72, 144, 288, 576, 1296].map((nodes) => size("dgx-b300", "q3400-ra", { nodes })),
  ];
  const naive = ({ leafSpineCables, demand }: FabricSize) => Math.ceil(leafSpineCables / demand.radix);
  const missed = rows.filter((each) => each.spine !== naive(each)).map((each) => [each.spine, naive(each)]);
  expect(missed).toEqual([
    [16, 12],
    [18, 16],
    [36, 32],
  ]);
});

describe("the reach of two tiers", () => {
  test.each([
    ["dgx-h100", "qm9700", 1, 2_048],
    ["dgx-b300", "sn5600", 2, 8_192],
    ["dgx-b300", "q3400-ra", 1, 10_368],
  ])("%s on %s in %i planes: %i endpoints", (system, on, planes, endpoints) => {
    expect(size(system, on, { nodes: endpoints / 8, planes }).tiers.tiers).toBe(2);
    expect(size(system, on, { nodes: endpoints / 8 + 1, planes }).tiers.tiers).toBe(3);
  });

  test("512 ports reach 131,072 endpoints", () => {
    const four = { planes: 4, nodes: 131_072 / 4 };
    expect(size("gb300-nvl72", "switch-102t", four).tiers.tiers).toBe(2);
    expect(size("gb300-nvl72", "switch-102t", { ...four, nodes: four.nodes + 1 }).tiers.tiers).toBe(3);
  });

  test.each([
    ["dgx-h100", "qm9700", 65_536],
    ["dgx-b300", "q3400-ra", 746_496],
  ])("three tiers of %s on %s: %i endpoints, then no more", (system, on, endpoints) => {
    expect(size(system, on, { nodes: endpoints / 8 }).tiers.tiers).toBe(3);
    expect(() => size(system, on, { nodes: endpoints / 8 + 1 })).toThrow(`too large: ${endpoints / 8}`);
  });
});

test("dual-plane Ethernet is one plane of 400 Gb/s, twice", () => {
  const { demand, ...dual } = size("dgx-b300", "sn5600", { nodes: 128, planes: 2 });
  expect([demand.linkGbps, demand.radix]).toEqual([400, 128]);
  expect(dual).toMatchObject({ leaf: 32, spine: 16, core: 0, nodeLeafCables: 2048, leafSpineCables: 2048 });
});

test("NVL72: a leaf for each rail of each rack, 18 ports down; by density alone there would be fewer", () => {
  const nodes = 144; // 8 racks, 576 GPUs
  const byRack = size("gb300-nvl72", "q3400-ra", { nodes, leafPerRackPerRail: true });
  expect(byRack).toMatchObject({ leaf: 32, spine: 4, domains: 4, nodeLeafCables: 576, leafSpineCables: 576 });
  expect(byRack.demand.leaf).toMatchObject({ nodes: 18, up: 18 });
  expect(size("gb300-nvl72", "q3400-ra", { nodes }).leaf).toBe(8);
});

test("at 3:1 a 64-port leaf has 48 ports down and 16 up", () => {
  const sized = size("dgx-h100", "qm9700", { nodes: 96, oversubscription: 3 });
  expect(sized).toMatchObject({ units: 2, leaf: 16, spine: 4, nodeLeafCables: 768, leafSpineCables: 256 });
  expect(sized.bisectionGbps).toBe((256 * 400) / 2);
});
