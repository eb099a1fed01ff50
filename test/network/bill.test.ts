import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { billOf } from "../../components/network/fabric/bill.ts";
import { cableLength, type HallPlan, placeOfDevice } from "../../components/network/fabric/hall.ts";
import { railLeaf } from "../../components/network/fabric/leaf.ts";
import { mediumFor } from "../../components/network/fabric/media.ts";
import { isTooLarge, sizeFabric } from "../../components/network/fabric/size.ts";
import { cables } from "../../components/network/fabric/wiring.ts";
import { demands, sizeOf } from "../support/fabrics.ts";
import { catalog } from "../support/sites.ts";

const hall = (shape: Partial<HallPlan> = {}): HallPlan => ({
  halls: 2,
  podsPerHall: 3,
  podsPerRow: 2,
  racksPerPod: 4,
  nodesPerRack: 2,
  rackPitch: 0.6,
  rowPitch: 3,
  rowEquipment: 2,
  hallPitch: 40,
  drop: 2,
  slack: 0.1,
  ...shape,
});

property.prop([demands(48, [8, 12]), fc.integer({ min: 1, max: 6 })])(
  "the bill counts by rack and pod what the list counts one by one",
  (asked, nodesPerRack) => {
    const size = sizeFabric(asked);
    fc.pre(!isTooLarge(size));
    const plan = hall({ nodesPerRack });
    const listed = new Map<string, number>();
    for (const { layer, lower, upper } of cables(size)) {
      const [from, to] = [lower, upper].map(({ device }) => placeOfDevice(device, size, plan));
      if (from === undefined || to === undefined) throw new Error("a cable has two ends");
      const key = `${layer} ${cableLength(from, to, plan)}`;
      listed.set(key, (listed.get(key) ?? 0) + 1);
    }
    const billed = billOf(size, plan, []).map(({ layer, lengthM, count }) => [`${layer} ${lengthM}`, count] as const);
    expect(new Map(billed)).toEqual(listed);
  },
);

describe("a cable", () => {
  test("goes up to the tray, along and down, with its slack, in whole metres", () => {
    const at = (row: number, along: number) => ({ hall: 0, row, along });
    expect(cableLength(at(0, 0), at(0, 0), hall())).toBe(5); // 4 m and a tenth
    expect(cableLength(at(0, 0), at(2, 3), hall())).toBe(15); // 4 + 6 + 3 = 13 m and a tenth
    expect(cableLength(at(0, 0), at(0, 0), hall({ slack: 0 }))).toBe(4);
  });

  test("passes the racks of a pod, and what stands beside them, on the way to the next pod of its row", () => {
    const size = sizeOf({
      ...{ radix: 64, nodes: 24, rails: 1, planes: 1, linkGbps: 400, uplinkGbps: 400, ufm: false },
      leaf: railLeaf(64, 1),
    });
    const node = (pod: number, rack: number) =>
      placeOfDevice({ kind: "node", index: (pod * 4 + rack) * 2 }, size, hall());
    expect(
      [node(0, 0), node(0, 3), node(1, 0), node(2, 1)].map(({ row, along }) => [row, Number(along.toFixed(3))]),
    ).toEqual([
      [0, 0],
      [0, 1.8],
      [0, 4.4],
      [1, 0.6],
    ]);
  });

  test.each([
    ["node-leaf", 3, "MCP7Y00"],
    ["node-leaf", 4, "MMA4Z00"],
    ["leaf-spine", 2, "MCP4Y10"],
    ["leaf-spine", 50, "MMA4Z00"],
    ["leaf-spine", 51, "MMS4X00"],
    ["spine-core", 101, "MMS4X50"],
  ] as const)("of %s and %i m at 400 Gb/s is %s", (layer, metres, part) => {
    expect(mediumFor(catalog.media, layer, 400, metres)).toMatchObject({ part: expect.stringContaining(part) });
  });

  test("beyond the longest reach there is none, and of a speed without parts it is unknown", () => {
    expect(mediumFor(catalog.media, "node-leaf", 400, 101)).toBe("out-of-reach");
    expect(mediumFor(catalog.media, "spine-core", 400, 2_001)).toBe("out-of-reach");
    expect(mediumFor(catalog.media, "node-leaf", 800, 1)).toBeNull();
  });
});
