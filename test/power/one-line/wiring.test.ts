import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { combination, type Fed, wires } from "../../../components/power/one-line/wiring.ts";
import { SCHEMES } from "../../../components/power/schema.ts";

const alone = (turn = 0, turns = 1): Fed => ({ element: 0, count: 1, turn, turns, redundant: false });
const sided = (element: number, count: number, turn = 0, turns = 1): Fed => ({
  element,
  count,
  turn,
  turns,
  redundant: true,
});
const feeds = (scheme: (typeof SCHEMES)[number], installed: number, fed: Fed) => wires(scheme, installed, fed).feeds;

describe("what hangs on what", () => {
  test("N: one by turn; where fewer are fed than feed, each takes its share", () => {
    expect([0, 1, 2, 3].map((turn) => feeds("N", 2, alone(turn, 4)))).toEqual([[0], [1], [0], [1]]);
    expect(feeds("N", 3, alone())).toEqual([0, 1, 2]);
    expect([0, 1].map((turn) => feeds("N", 3, alone(turn, 2)))).toEqual([[0, 2], [1]]);
  });

  test("N+1: all in parallel", () => {
    expect(feeds("N+1", 4, alone(2, 9))).toEqual([0, 1, 2, 3]);
    expect(feeds("N+1", 4, sided(1, 2))).toEqual([0, 1, 2, 3]);
  });

  test("2N: each side on its own half; what stands alone on both", () => {
    expect([feeds("2N", 4, sided(0, 2)), feeds("2N", 4, sided(1, 2))]).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(feeds("2N", 2, alone())).toEqual([0, 1]);
  });

  test("4N/3: eight whips, two on each of four RPPs; a pair by turn where fewer hang below", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((whip) => feeds("4N/3", 4, sided(whip, 8))[0])).toEqual([
      0, 1, 2, 3, 0, 1, 2, 3,
    ]);
    expect(
      [0, 1, 2, 3, 4, 5, 6].map((turn) => [0, 1].map((cord) => feeds("4N/3", 4, sided(cord, 2, turn, 7))[0])),
    ).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
      [0, 1],
    ]);
  });

  test("catcher: the last stands by, the others in turn", () => {
    expect([0, 1, 2, 3].map((turn) => wires("catcher", 4, alone(turn, 4)))).toEqual(
      [0, 1, 2, 0].map((active) => ({ feeds: [active], reserves: [3] })),
    );
  });

  test("distributed: every pair of the systems in turn", () => {
    expect([0, 1, 2, 3].map((turn) => feeds("distributed", 3, alone(turn, 4)))).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 1],
    ]);
    expect([0, 1].map((cord) => feeds("distributed", 3, sided(cord, 2, 1, 3)))).toEqual([[0], [2]]);
  });
});

test("combinations come in lexical order and start over", () => {
  expect([0, 1, 2, 3].map((turn) => combination([0, 1, 2], 2, turn))).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
    [0, 1],
  ]);
});

property.prop([
  fc.constantFrom(...SCHEMES),
  fc.integer({ min: 1, max: 8 }),
  fc.integer({ min: 1, max: 8 }),
  fc.integer({ min: 1, max: 12 }),
])("wires lead to elements that are there, each once; none of N is left out", (scheme, installed, count, turns) => {
  const used = new Set<number>();
  for (let turn = 0; turn < turns; turn++) {
    for (let element = 0; element < count; element++) {
      const { feeds: of, reserves } = wires(scheme, installed, { element, count, turn, turns, redundant: count > 1 });
      expect(of.length).toBeGreaterThan(0);
      expect(new Set([...of, ...reserves]).size).toBe(of.length + reserves.length);
      for (const each of [...of, ...reserves]) {
        expect(each).toBeGreaterThanOrEqual(0);
        expect(each).toBeLessThan(installed);
        used.add(each);
      }
    }
  }
  if (scheme === "N" || scheme === "N+1") expect(used.size).toBe(installed);
});
