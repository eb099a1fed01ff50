import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { deviceName, plainNaming } from "../../components/network/fabric/device.ts";
import { type Failure, failuresOf, largestFailure } from "../../components/network/fabric/failures.ts";
import { railLeaf } from "../../components/network/fabric/leaf.ts";
import { type FabricSize, isTooLarge, sizeFabric } from "../../components/network/fabric/size.ts";
import { type Cable, cables } from "../../components/network/fabric/wiring.ts";
import { demands, dgxH100, sizeOf } from "../support/fabrics.ts";

const nameOf = ({ device }: Cable["lower"]) => deviceName(device, plainNaming(1));

/** The share that each node keeps, from the list of the cables that are left: nothing of the closed form is used. */
function keptBy(size: FabricSize, isLost: (cable: Cable) => boolean): ReadonlyMap<string, number> {
  const all = [...cables(size)];
  const left = all.filter((cable) => !isLost(cable));
  const of = (list: readonly Cable[], layer: Cable["layer"]) => list.filter((cable) => cable.layer === layer);
  const up = Map.groupBy(of(left, "spine-core"), ({ lower }) => nameOf(lower));
  const down = Map.groupBy(of(all, "leaf-spine"), ({ upper }) => nameOf(upper));
  const waysOf = Map.groupBy(of(left, "leaf-spine"), ({ lower }) => nameOf(lower));
  const throughSpine = (spine: string): number =>
    size.tiers.core === null ? 1 : Math.min(1, (up.get(spine)?.length ?? 0) / (down.get(spine)?.length ?? 1));
  const throughLeaf = (leaf: string): number =>
    size.tiers.tiers === 1
      ? 1
      : (waysOf.get(leaf) ?? []).reduce((sum, { upper }) => sum + throughSpine(nameOf(upper)), 0) / size.demand.leaf.up;
  const links = size.demand.rails * size.demand.planes;
  const kept = new Map(of(all, "node-leaf").map(({ lower }) => [nameOf(lower), 0]));
  for (const { lower, upper } of of(left, "node-leaf")) {
    kept.set(nameOf(lower), (kept.get(nameOf(lower)) ?? 0) + throughLeaf(nameOf(upper)) / links);
  }
  return kept;
}

/** Every single element of a kind, and the cables that go with it. */
function* lossesOf(size: FabricSize): Generator<readonly [Failure["element"], (cable: Cable) => boolean]> {
  const kinds = { "node-leaf": "node link", "leaf-spine": "leaf-spine link", "spine-core": "spine-core link" } as const;
  const switches = new Map<string, "leaf" | "spine" | "core">();
  for (const cable of cables(size)) {
    const { kind } = cable.upper.device;
    if (kind === "leaf" || kind === "spine" || kind === "core") switches.set(nameOf(cable.upper), kind);
    if (cable.lower.device.kind !== "manager") {
      yield [
        kinds[cable.layer],
        ({ lower }) => nameOf(lower) === nameOf(cable.lower) && lower.port === cable.lower.port,
      ];
    }
  }
  for (const [name, kind] of switches)
    yield [kind, ({ lower, upper }) => nameOf(lower) === name || nameOf(upper) === name];
  for (let plane = 0; plane < (size.demand.planes > 1 ? size.demand.planes : 0); plane++) {
    yield ["plane", ({ upper: { device } }) => "plane" in device && device.plane === plane];
  }
}

property.prop([demands(14, [8, 12])], { numRuns: 60 })(
  "what the symmetry says is what losing every single element in turn leaves at worst",
  (asked) => {
    const size = sizeFabric({
      ...asked,
      rails: Math.min(asked.rails, 3),
      planes: Math.min(asked.planes, 2),
      ufm: false,
    });
    fc.pre(!isTooLarge(size));
    const least = new Map<string, number>();
    for (const [element, isLost] of lossesOf(size)) {
      const worst = Math.min(...keptBy(size, isLost).values());
      least.set(element, Math.min(least.get(element) ?? 1, worst));
    }
    const said = failuresOf(size).filter(({ element }) => element !== "network port");
    for (const element of new Set(said.map((each) => each.element))) {
      const left = Math.min(...said.filter((each) => each.element === element).map((each) => each.left));
      expect([element, left]).toEqual([element, expect.closeTo(least.get(element) ?? Number.NaN, 9)]);
    }
  },
);

describe("a SuperPOD of 128 DGX H100", () => {
  const size = sizeOf(dgxH100(128));

  test("a leaf takes one rail of eight from 32 nodes, a spine a sixteenth from all", () => {
    expect(failuresOf(size)).toEqual([
      { element: "node link", nodes: 1, left: 7 / 8 },
      { element: "leaf", nodes: 32, left: 7 / 8 },
      { element: "leaf-spine link", nodes: 32, left: 1 - 1 / 256 },
      { element: "spine", nodes: 128, left: 15 / 16 },
    ]);
  });

  test("the largest failure is the spine: 8 nodes' worth of bandwidth, a leaf takes 4", () => {
    expect(largestFailure(failuresOf(size))).toEqual({ element: "spine", nodes: 128, left: 15 / 16 });
  });
});

test("two planes: a leaf takes a sixteenth, a plane half", () => {
  const size = sizeOf({
    nodes: 128,
    rails: 8,
    planes: 2,
    linkGbps: 400,
    uplinkGbps: 400,
    radix: 128,
    leaf: railLeaf(128),
    ufm: false,
  });
  const left = Object.fromEntries(failuresOf(size).map((each) => [each.element, each.left]));
  expect(left).toMatchObject({ leaf: 15 / 16, "network port": 7 / 8, plane: 1 / 2 });
});
