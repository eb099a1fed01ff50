import { fc } from "@fast-check/vitest";
import { rackLeaf, railLeaf } from "../../components/network/fabric/leaf.ts";
import { type FabricDemand, type FabricSize, isTooLarge, sizeFabric } from "../../components/network/fabric/size.ts";

/** Fabrics of every shape: tiers, planes, rails with and without spines of their own, oversubscribed, with a manager. */
export const demands = (most: number, radices: readonly number[]): fc.Arbitrary<FabricDemand> =>
  fc
    .record({
      radix: fc.constantFrom(...radices),
      nodes: fc.integer({ min: 1, max: most }),
      rails: fc.constantFrom(1, 2, 3, 4, 8),
      planes: fc.constantFrom(1, 2, 4),
      oversubscription: fc.constantFrom(1, 1.5, 2, 3),
      byRack: fc.boolean(),
      ufm: fc.boolean(),
    })
    .map(({ oversubscription, byRack, ...rest }) => ({
      ...rest,
      linkGbps: 400,
      uplinkGbps: 400,
      leaf: byRack ? rackLeaf(4, oversubscription) : railLeaf(rest.radix, oversubscription),
    }));

export function sizeOf(demand: FabricDemand): FabricSize {
  const size = sizeFabric(demand);
  if (isTooLarge(size)) throw new Error(`too large: ${size.maxNodes}`);
  return size;
}

/** The compute fabric of DGX H100 on switches of 64 ports: a leaf for each of eight rails. */
export const dgxH100 = (nodes: number): FabricDemand => ({
  nodes,
  rails: 8,
  planes: 1,
  linkGbps: 400,
  uplinkGbps: 400,
  radix: 64,
  leaf: railLeaf(64),
  ufm: false,
});
