import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { rackLeaf } from "../../components/network/fabric/leaf.ts";
import { isTooLarge, sizeFabric } from "../../components/network/fabric/size.ts";
import { divisors, evenStripe } from "../../components/network/fabric/stripe.ts";
import { coresOf } from "../../components/network/fabric/tiers.ts";
import { demands } from "../support/fabrics.ts";

const demand = demands(5_000, [8, 12, 32, 64, 128, 144]);

describe("every sized fabric can be cabled", () => {
  property.prop([demand])("no switch has more cables than ports, and every cable ends twice", (asked) => {
    const size = sizeFabric(asked);
    fc.pre(!isTooLarge(size));
    const { tiers, domains } = size;
    expect(asked.leaf.nodes * asked.leaf.railsPerLeaf + (tiers.tiers === 1 ? 0 : asked.leaf.up)).toBeLessThanOrEqual(
      asked.radix,
    );
    expect(tiers.pods.reduce((sum, pod) => sum + pod.leaves, 0)).toBe(tiers.leaves);
    for (const pod of tiers.tiers === 1 ? [] : tiers.pods) {
      expect(asked.leaf.up % pod.spines).toBe(0);
      expect((pod.leaves * asked.leaf.up) / pod.spines + pod.uplinks).toBeLessThanOrEqual(asked.radix);
    }
    if (tiers.core !== null) {
      for (const pod of tiers.pods) {
        expect(pod.spines % tiers.core.groups).toBe(0);
        expect(pod.uplinks % tiers.core.coresPerGroup).toBe(0);
        expect(pod.spines * pod.uplinks).toBeGreaterThanOrEqual(pod.leaves * asked.leaf.up);
      }
      const atCore = size.spineCoreCables / domains / coresOf(tiers.core);
      expect([Number.isInteger(atCore), atCore <= asked.radix]).toEqual([true, true]);
    }
    expect(size.units * asked.leaf.nodes).toBeGreaterThanOrEqual(asked.nodes + (asked.ufm ? 1 : 0));
  });

  property.prop([demand])("one node more never takes a switch or a cable away", (asked) => {
    const [size, larger] = [sizeFabric(asked), sizeFabric({ ...asked, nodes: asked.nodes + 1 })];
    fc.pre(!isTooLarge(size) && !isTooLarge(larger) && larger.tiers.tiers === size.tiers.tiers);
    fc.pre(size.tiers.tiers < 3);
    expect(larger.leaf).toBeGreaterThanOrEqual(size.leaf);
    expect(larger.spine).toBeGreaterThanOrEqual(size.spine);
    expect(larger.nodeLeafCables).toBeGreaterThan(size.nodeLeafCables);
  });

  property.prop([demand])("what is too large names the most that fits", (asked) => {
    const size = sizeFabric({ ...asked, nodes: 10_000_000 });
    fc.pre(isTooLarge(size) && size.maxNodes >= 1);
    expect(isTooLarge(sizeFabric({ ...asked, nodes: size.maxNodes }))).toBe(false);
    expect(isTooLarge(sizeFabric({ ...asked, nodes: size.maxNodes + 1 }))).toBe(true);
  });
});

property.prop([fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 })])(
  "the even stripe is what trying every count finds",
  (uplinks, least) => {
    const counts = Array.from({ length: uplinks }, (_, index) => index + 1);
    expect(evenStripe(uplinks, least)).toBe(counts.find((count) => count >= least && uplinks % count === 0) ?? null);
    expect(divisors(uplinks)).toEqual(counts.filter((count) => uplinks % count === 0));
  },
);

test("one leaf needs no spine", () => {
  const size = sizeFabric({
    nodes: 18,
    rails: 4,
    planes: 1,
    linkGbps: 800,
    leaf: rackLeaf(18),
    uplinkGbps: 800,
    radix: 144,
    ufm: false,
  });
  expect(size).toMatchObject({ leaf: 4, spine: 0, leafSpineCables: 0, bisectionGbps: (72 * 800) / 2 });
});
