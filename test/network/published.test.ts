import { describe, expect, test } from "vitest";
import { countsOf } from "../../components/network/fabric/counts.ts";
import { computeDemand, isDemandFault } from "../../components/network/fabric/demand.ts";
import { sizeEnterprise } from "../../components/network/fabric/enterprise.ts";
import { isTooLarge, sizeFabric } from "../../components/network/fabric/size.ts";
import { sizeTorus } from "../../components/network/fabric/torus.ts";
import { catalog } from "../support/sites.ts";

function architecture(id: string) {
  const found = catalog.referenceDesigns.get(id);
  if (found === undefined) throw new Error(`${id} is not in the catalog`);
  return found;
}

describe("enterprise reference architectures", () => {
  test.each([
    ["2-4-3-200", [4, 16], [32, 128]],
    ["2-8-5-200", [4, 32], [32, 256]],
    ["2-8-9-400", [4, 32], [64, 512]],
    ["2-8-9-800", [8, 64], [128, 1024]],
    ["2-8-9-400-sp", [8, 64], [128, 1024]],
    ["2-4-5-800", [18, 72], [144, 576]],
  ])("%s: nodes and GPUs as tested", (id, smallest, largest) => {
    const sizes = architecture(id).testedUnits.map((units) => sizeEnterprise(architecture(id), units));
    expect(sizes.map(({ nodes, gpus }) => [nodes, gpus])).toEqual([smallest, largest]);
  });

  /** Switches of the pair, GPU leaves of a plane, management switches, unit by unit. */
  test.each([
    ["2-4-3-200", ["202", "202", "202", "202", "203", "203", "204", "204"]],
    ["2-8-5-200", ["202", "202", "202", "202", "203", "223", "224", "224"]],
    ["2-8-9-400", ["202", "202", "203", "224"]],
    ["2-8-9-400-v03", ["202", "202", "203"]],
    ["2-8-9-800", ["222", "222", "222", "222"]],
    ["2-8-9-400-sp", ["222", "222", "222", "222"]],
    ["2-4-5-800", []],
  ])("%s: the single-tier table, and where it ends", (id, rows) => {
    const sizes = [...rows, ""].map((_, index) => sizeEnterprise(architecture(id), index + 1).singleTier);
    const shown = sizes.map((tier) => tier && `${tier.pair}${tier.gpuLeavesPerPlane}${tier.management}`);
    expect(shown).toEqual([...rows, null]);
  });

  test("the editions of 2-8-9-400 disagree on 4 units", () => {
    expect(sizeEnterprise(architecture("2-8-9-400"), 4).singleTier).not.toBeNull();
    expect(sizeEnterprise(architecture("2-8-9-400-v03"), 4).singleTier).toBeNull();
  });
});

/** Ports of the leaf as Alibaba states them: 128 + 8 down at 200 Gb/s, 60 up at 400 Gb/s on 51.2 Tb/s. */
const hpn = (segments: number) => {
  const sized = sizeFabric({
    nodes: segments * 128,
    rails: 8,
    planes: 2,
    linkGbps: 200,
    leaf: { nodes: 128, railsPerLeaf: 1, up: 60, spines: "shared" },
    uplinkGbps: 400,
    radix: 128,
    ufm: false,
  });
  if (isTooLarge(sized)) throw new Error("too large");
  return sized;
};

describe("hyperscale fabrics", () => {
  test("Alibaba HPN 7.0: a segment of 1,024 GPUs has 16 ToRs, 960 uplinks, 1.067:1 and 128 spare ports", () => {
    const segment = hpn(1);
    expect(segment).toMatchObject({ leaf: 16, nodeLeafCables: 2048, leafSpineCables: 960 });
    expect(((segment.nodeLeafCables * 200) / (segment.leafSpineCables * 400)).toFixed(3)).toBe("1.067");
    const ports = (51_200 - 60 * 400) / 200;
    expect([ports, segment.leaf * (ports - 128)]).toEqual([136, 128]);
  });

  test("Alibaba HPN 7.0: a pod of 15 segments is 15,360 GPUs on two tiers", () => {
    const pod = hpn(15);
    expect(pod.demand.nodes * 8).toBe(15_360);
    expect([pod.tiers.tiers, pod.leaf, pod.leafSpineCables]).toEqual([2, 240, 15 * 960]);
  });

  test("Meta's Llama 3 RoCE: 192 racks of 16 GPUs at full bisection, eight such pods", () => {
    const pod = sizeFabric({
      nodes: 384,
      rails: 8,
      planes: 1,
      linkGbps: 400,
      leaf: { nodes: 2, railsPerLeaf: 8, up: 16, spines: "shared" },
      uplinkGbps: 400,
      radix: 256,
      ufm: false,
    });
    expect(pod).toMatchObject({ leaf: 192, nodeLeafCables: 3_072, leafSpineCables: 3_072 });
    expect(pod).toMatchObject({ bisectionGbps: (3_072 * 400) / 2 });
    expect(8 * 3_072).toBe(24_576);
  });

  test.each([["OCI: 16,384 H100 in 2,048 nodes", "dgx-h100", "qm9700", 2_048, 16_384]])(
    "%s",
    (_what, system, on, nodes, gpus) => {
      const [found, from] = [catalog.systems.get(system), catalog.switches.get(on)];
      if (found === undefined || from === undefined) throw new Error(`${system} or ${on} is not in the catalog`);
      const demand = computeDemand(found, from, {
        nodes,
        planes: 1,
        oversubscription: 1,
        leafPerRackPerRail: false,
        ufm: false,
      });
      const size = isDemandFault(demand) ? null : sizeFabric(demand);
      if (size === null || isTooLarge(size)) throw new Error("cannot be sized");
      expect(countsOf(size, found, from)).toMatchObject({ gpus, leaf: 512, spine: 512, core: 256 });
    },
  );

  test("Google TPU v4: 64 cubes of 4 × 4 × 4 chips on 48 circuit switches of 128 + 8 ports", () => {
    const cages = { value: 136, source: "TPU v4, ISCA 2023", date: "2026-08-22", quality: "published" } as const;
    expect(sizeTorus(64, 4, { cages })).toEqual({
      chips: 4_096,
      linksPerCube: 96,
      endpoints: 6_144,
      switches: 48,
      portsUsed: 128,
      portsSpare: 8,
    });
    expect(sizeTorus(64, 4, { cages: { ...cages, value: null } }).portsSpare).toBeNull();
  });
});
