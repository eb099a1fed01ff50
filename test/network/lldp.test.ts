import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { LISTS } from "../../cli/format/fabric-lists.ts";
import { plainNaming } from "../../components/network/fabric/device.ts";
import { checkLldp, type Sighting } from "../../components/network/fabric/lldp.ts";
import { type FabricSize, isTooLarge, sizeFabric } from "../../components/network/fabric/size.ts";
import { demands, dgxH100, sizeOf } from "../support/fabrics.ts";

const naming = plainNaming(2);

/** What LLDP sees where everything is wired as planned. */
const seenIn = (size: FabricSize): readonly Sighting[] =>
  [...(LISTS.lldp?.({ size, naming, hall: null, media: [], protocol: "ethernet", given: null }) ?? [])]
    .slice(1)
    .map(([device = "", port = "", neighbor = "", neighborPort = ""], index) => ({
      line: index + 2,
      device,
      port,
      neighbor,
      neighborPort,
    }));

property.prop([demands(30, [8, 12])])("what is expected is what is found right, and nothing is unseen", (asked) => {
  const size = sizeFabric(asked);
  fc.pre(!isTooLarge(size));
  const seen = seenIn(size);
  expect(checkLldp(size, naming, seen)).toEqual({ asPlanned: seen.length, miswired: [], unseen: 0, firstUnseen: [] });
});

describe("a fabric of 40 nodes", () => {
  const size = sizeOf(dgxH100(40));
  const seen = seenIn(size);
  const at = (device: string, port: string): number =>
    seen.findIndex((each) => each.device === device && each.port === port);
  /** The neighbours of two ports change places. */
  function swapping(one: number, other: number): readonly Sighting[] {
    const changed = [...seen];
    const [first, second] = [seen[one], seen[other]];
    if (first === undefined || second === undefined) throw new Error("no such port");
    changed[one] = { ...first, neighbor: second.neighbor, neighborPort: second.neighborPort };
    changed[other] = { ...second, neighbor: first.neighbor, neighborPort: first.neighborPort };
    return changed;
  }

  test("two rails of a node swapped: both ports, by name", () => {
    const [third, fifth] = [at("leaf-p1-u1-r3", "4/2"), at("leaf-p1-u1-r5", "4/2")];
    expect(checkLldp(size, naming, swapping(third, fifth))).toMatchObject({
      asPlanned: seen.length - 2,
      miswired: [
        { mistake: "swapped", at: "leaf-p1-u1-r3:4/2", got: "n8:r5p1", wanted: "n8:r3p1" },
        { mistake: "swapped", at: "leaf-p1-u1-r5:4/2", got: "n8:r3p1", wanted: "n8:r5p1" },
      ],
      unseen: 0,
    });
  });

  test.each([
    ["one rail on the leaf of another", "n8", "r5p1", "wrong-rail"],
    ["another node", "n9", "r3p1", "wrong-neighbor"],
    ["a stranger", "printer", "eth0", "wrong-neighbor"],
  ])("%s", (_what, neighbor, neighborPort, mistake) => {
    const index = at("leaf-p1-u1-r3", "4/2");
    const changed = seen.map((each, here) => (here === index ? { ...each, neighbor, neighborPort } : each));
    const { miswired } = checkLldp(size, naming, changed);
    expect(miswired).toEqual([
      { line: index + 2, mistake, at: "leaf-p1-u1-r3:4/2", got: `${neighbor}:${neighborPort}`, wanted: "n8:r3p1" },
    ]);
  });

  test("ports that the fabric has not, and ports seen twice", () => {
    const stray = { line: 9_001, device: "leaf-p1-u9-r1", port: "1/1", neighbor: "n1", neighborPort: "r1p1" };
    const [first] = seen;
    if (first === undefined) throw new Error("nothing seen");
    const { miswired } = checkLldp(size, naming, [...seen, stray, { ...first, line: 9_002 }]);
    expect(miswired.map(({ line, mistake }) => [line, mistake])).toEqual([
      [9_001, "no-such-port"],
      [9_002, "seen-twice"],
    ]);
  });

  test("cables of which neither end was seen are counted, the first of them named", () => {
    const report = checkLldp(size, naming, seen.slice(3));
    expect([report.unseen, report.firstUnseen[0]]).toEqual([3, "n1:r1p1 to leaf-p1-u1-r1:1/1"]);
    const total = size.nodeLeafCables + size.leafSpineCables;
    expect(checkLldp(size, naming, [])).toMatchObject({ asPlanned: 0, miswired: [], unseen: total });
  });
});
