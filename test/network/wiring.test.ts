import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import {
  deviceName,
  deviceOf,
  type End,
  plainNaming,
  portName,
  portOf,
} from "../../components/network/fabric/device.ts";
import { type FabricSize, isTooLarge, sizeFabric } from "../../components/network/fabric/size.ts";
import { type Cable, cables, farEnd, switchesOf } from "../../components/network/fabric/wiring.ts";
import { demands, dgxH100, sizeOf } from "../support/fabrics.ts";

const demand = demands(40, [8, 12, 16, 32]);
const naming = plainNaming(2);

const shownBy = (size: FabricSize, end: End): string =>
  `${deviceName(end.device, naming)}:${portName(end, size, naming)}`;

describe("the list of cables", () => {
  property.prop([demand])("has as many of each layer as the sizing says, and no port twice", (asked) => {
    const size = sizeFabric(asked);
    fc.pre(!isTooLarge(size));
    const ports = new Set<string>();
    let highest = 0;
    const count = { "node-leaf": 0, "leaf-spine": 0, "spine-core": 0 };
    const switches = { leaf: new Set(), spine: new Set(), core: new Set(), node: new Set(), manager: new Set() };
    for (const { layer, lower, upper } of cables(size)) {
      count[layer]++;
      for (const end of [lower, upper]) {
        ports.add(`${deviceName(end.device, naming)} ${end.port}`);
        switches[end.device.kind].add(deviceName(end.device, naming));
        if (end.device.kind !== "node" && end.device.kind !== "manager") highest = Math.max(highest, end.port);
      }
    }
    expect(count).toEqual({
      "node-leaf": size.nodeLeafCables,
      "leaf-spine": size.leafSpineCables,
      "spine-core": size.spineCoreCables,
    });
    expect(highest).toBeLessThan(asked.radix);
    expect(ports.size).toBe(2 * (size.nodeLeafCables + size.leafSpineCables + size.spineCoreCables));
    expect([switches.spine.size, switches.core.size, switches.node.size]).toEqual([size.spine, size.core, asked.nodes]);
    expect(switches.leaf.size).toBeLessThanOrEqual(size.leaf);
    expect([...switchesOf(size)]).toHaveLength(size.leaf + size.spine + size.core);
  });

  property.prop([demand])("each end finds the other, by place and by name", (asked) => {
    const size = sizeFabric(asked);
    fc.pre(!isTooLarge(size));
    const lost = [...cables(size)].filter(({ lower, upper }) => {
      const back = farEnd(size, upper);
      return back === null || shownBy(size, back) !== shownBy(size, lower);
    });
    const misread = [...cables(size)]
      .flatMap(({ lower, upper }) => [lower, upper])
      .filter((end) => {
        const device = deviceOf(deviceName(end.device, naming), naming);
        return (
          device === null ||
          deviceName(device, naming) !== deviceName(end.device, naming) ||
          portOf(portName(end, size, naming), device, size, naming) !== end.port
        );
      });
    expect([lost, misread]).toEqual([[], []]);
  });

  property.prop([demand])("a node more moves no cable between nodes and leaves", (asked) => {
    const [size, larger] = [
      sizeFabric({ ...asked, ufm: false }),
      sizeFabric({ ...asked, ufm: false, nodes: asked.nodes + 1 }),
    ];
    fc.pre(!isTooLarge(size) && !isTooLarge(larger));
    const moved = [...cables(size)].filter(({ lower, upper, layer }) => {
      const now = layer === "node-leaf" ? farEnd(larger, lower) : upper;
      return now === null || shownBy(larger, now) !== shownBy(size, upper);
    });
    expect(moved).toEqual([]);
  });
});

test("rail r of every node of a unit ends on leaf r, in the order of the nodes", () => {
  const size = sizeOf({ ...dgxH100(63), ufm: true });
  const shown = ({ lower, upper }: Cable) => `${shownBy(size, lower)} ${shownBy(size, upper)}`;
  const all = [...cables(size)].map(shown);
  expect(all[0]).toBe("n1:r1p1 leaf-p1-u1-r1:1/1");
  expect(all[8 * 32 + 2]).toBe("n33:r3p1 leaf-p1-u2-r3:1/1");
  expect(all.filter((each) => each.startsWith("manager"))).toEqual([
    "manager:r1p1 leaf-p1-u2-r1:16/2",
    "manager:r2p1 leaf-p1-u2-r2:16/2",
    "manager:r3p1 leaf-p1-u2-r3:16/2",
    "manager:r4p1 leaf-p1-u2-r4:16/2",
  ]);
  expect(all).toContain("leaf-p1-u2-r8:32/2 spine-p1-g1-s8:32/2");
});

test.each(["leaf-p0-u1-r1", "leaf-p1-u1", "spine-p1-g1", "n0", "n01", "N1", "core-p1-g1-s1 ", "", "x".repeat(400)])(
  "%s is no device",
  (name) => {
    expect(deviceOf(name, naming)).toBeNull();
  },
);
