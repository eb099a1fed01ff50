import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { normalFlow } from "../../../components/power/one-line/flow.ts";
import { NOISE_WATTS, type OneLine } from "../../../components/power/one-line/graph.ts";
import { outages } from "../../../components/power/one-line/outage.ts";
import { statesOf } from "../../../components/power/one-line/states.ts";
import { type Loss, study } from "../../../components/power/one-line/study.ts";
import { drafted, loadsOf, oneLine, RACK } from "./drawn.ts";

/** NVIDIA's GB300 pod: four RPPs of 500 kW, two whips from each to a rack; published kW per surviving RPP and per whip. */
describe("the GB300 pod failure table", () => {
  const pod = (podKw: number, rackKw: number) => {
    const rpps = [0, 1, 2, 3].map((index) => drafted(`rpp-${index}`));
    const racks = [0, 1, 2, 3, 4, 5, 6, 7];
    const whips = racks.flatMap((rack) =>
      [0, 1, 2, 3, 4, 5, 6, 7].map((whip) =>
        drafted(`r${rack}.whip-${whip}`, { feeds: [whip % 4], element: { kind: "whip" } }),
      ),
    );
    const fed = racks.map((rack) =>
      drafted(`r${rack}`, {
        load: rackKw * 1e3,
        element: RACK,
        feeds: [0, 1, 2, 3, 4, 5, 6, 7].map((whip) => 4 + rack * 8 + whip),
      }),
    );
    const other = drafted("other-it", {
      load: (podKw - 8 * rackKw) * 1e3,
      feeds: [0, 1, 2, 3],
      element: { ...RACK, kind: "other-it" },
    });
    return oneLine([...rpps, ...whips, ...fed, other]);
  };
  test.each([
    [1316, 146, 0, 329, 18],
    [1316, 146, 1, 439, 24],
    [1316, 146, 2, 658, 36],
    [1531, 173, 0, 383, 22],
    [1531, 173, 1, 510, 29],
    [1531, 173, 2, 766, 43],
  ])("%i kW of racks at %i kW with %i RPPs out: %i kW on each left, %i on a whip", (podKw, rackKw, out, rpp, whip) => {
    const built = pod(podKw, rackKw);
    const numbers = built.nodes.flatMap(({ id }, index) => (id.startsWith("rpp") ? [index] : []));
    const state = outages(built, loadsOf(built).watts)(numbers.slice(0, out));
    for (const index of numbers.slice(out)) expect(Math.round(state.carried(index) / 1000)).toBe(rpp);
    const living = built.nodes.flatMap(({ element }, index) =>
      element.kind === "whip" && !state.isDead(index) ? [index] : [],
    );
    expect(living).toHaveLength(64 - out * 16);
    // Printed from a rack figure that is rounded itself: 146 kW over four whips is 36.5 and stands as 36.
    for (const index of living) expect(Math.abs(state.carried(index) / 1000 - whip)).toBeLessThanOrEqual(0.5);
  });

  test("at EDP 1.5 one RPP may be out up to 97.98 % of the load, two up to 65.3 %; at EDP 1.2 two up to 76.0 %", () => {
    const share = (podKw: number, left: number) => ((left * 500) / podKw) * 100;
    expect(share(1531, 3).toFixed(2)).toBe("97.98");
    expect(share(1531, 2).toFixed(1)).toBe("65.3");
    expect(share(1316, 2).toFixed(1)).toBe("76.0");
    const heldAt = (podKw: number, part: number, out: number) => {
      const built = pod(podKw * part, 100);
      const numbers = built.nodes.flatMap(({ id }, index) => (id.startsWith("rpp") ? [index] : []));
      const state = outages(built, loadsOf(built).watts)(numbers.slice(0, out));
      return numbers.slice(out).every((index) => state.carried(index) <= 500_000);
    };
    expect([heldAt(1531, 0.9797, 1), heldAt(1531, 0.9799, 1)]).toEqual([true, false]);
    expect([heldAt(1531, 0.653, 2), heldAt(1531, 0.654, 2)]).toEqual([true, false]);
    expect([heldAt(1316, 0.7598, 2), heldAt(1316, 0.7602, 2)]).toEqual([true, false]);
  });
});

const up = ({ nodes }: OneLine, index: number) => nodes[index] as OneLine["nodes"][number];

/** Every state by brute force: which nodes live by fixed point, and what they carry by recursion from the loads. */
function oracle(graph: OneLine, out: ReadonlySet<number>): readonly number[] {
  const alive = graph.nodes.map((_, index) => !out.has(index));
  for (let changed = true; changed; ) {
    changed = false;
    graph.nodes.forEach(({ feeds, reserves }, index) => {
      const upstream = [...feeds, ...reserves];
      if (alive[index] && upstream.length > 0 && !upstream.some((each) => alive[each])) {
        alive[index] = false;
        changed = true;
      }
    });
  }
  const carried = graph.nodes.map(() => 0);
  const push = (index: number, amount: number): void => {
    if (!alive[index]) return;
    carried[index] = (carried[index] ?? 0) + amount;
    const { feeds, reserves, element } = up(graph, index);
    const living = feeds.filter((each) => alive[each]);
    const to = living.length > 0 ? living : reserves.filter((each) => alive[each]).slice(0, 1);
    for (const each of to) push(each, (amount * (element.gain ?? 1)) / to.length);
  };
  for (const [index, { load }] of graph.nodes.entries()) push(index, load ?? 0);
  return carried;
}

/** Racks that end without power and hang, at some level, on what was to stand in for one another. */
function lossOracle(graph: OneLine, out: ReadonlySet<number>): { readonly racks: number; readonly accepted: number } {
  const carried = oracle(graph, out);
  const dark = graph.nodes.map(({ load }, index) => load !== 0 && carried[index] === 0);
  const alive = (index: number): boolean => {
    const { feeds, reserves } = up(graph, index);
    const upstream = [...feeds, ...reserves];
    return !out.has(index) && (upstream.length === 0 || upstream.some(alive));
  };
  const claimed = (index: number): boolean => {
    if (out.has(index)) return false;
    const { feeds, reserves } = up(graph, index);
    const upstream = [...feeds, ...reserves];
    if (upstream.length > 1 && upstream.some((each) => !out.has(each))) return true;
    return upstream.some((each) => !alive(each) && claimed(each));
  };
  const racks = graph.nodes.flatMap(({ element }, index) => (element.kind === "rack" && dark[index] ? [index] : []));
  const lost = racks.filter(claimed).length;
  return { racks: lost, accepted: racks.length - lost };
}

const anyGraph = fc
  .array(
    fc.record({
      feeds: fc.array(fc.nat(), { maxLength: 3 }),
      reserves: fc.array(fc.nat(), { maxLength: 2 }),
      load: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1000 })),
      gain: fc.constantFrom(1, 1.25, 1 / 0.975),
      usable: fc.integer({ min: 1, max: 2000 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((drafts) =>
    oneLine(
      drafts.map(({ feeds, reserves, load, gain, usable }, index) => {
        const feedsOf = [...new Set(feeds.map((pick) => pick % Math.max(1, index)))].filter(() => index > 0);
        const reservesOf = [...new Set(reserves.map((pick) => pick % Math.max(1, index)))].filter(
          (pick) => index > 0 && !feedsOf.includes(pick),
        );
        const kind = load > 0 ? ({ kind: "rack", level: "rack" } as const) : {};
        return drafted(`n${index}`, {
          feeds: feedsOf,
          reserves: reservesOf,
          load,
          element: { gain, usable, rated: usable, ...kind },
        });
      }),
    ),
  );

property.prop([anyGraph, fc.array(fc.nat(), { maxLength: 3 })], { numRuns: 2_000 })(
  "an outage equals the brute force on random graphs",
  (graph, picks) => {
    const out = [...new Set(picks.map((pick) => pick % graph.count))];
    const { watts } = loadsOf(graph);
    const state = outages(graph, watts)(out);
    const normal = normalFlow(graph, watts);
    const expected = oracle(graph, new Set(out));
    expected.forEach((carried, index) => {
      expect(state.carried(index)).toBeCloseTo(carried, 6);
      const change = Math.abs(carried - (normal[index] ?? 0));
      if (Math.abs(change - NOISE_WATTS) > 1e-6) expect(state.changed.includes(index)).toBe(change > NOISE_WATTS);
    });
  },
);

property.prop([anyGraph], { numRuns: 1_000 })("the study of all single outages equals the brute force", (graph) => {
  const found = study(graph, loadsOf(graph), statesOf(graph, []));
  const states = graph.nodes.map((_, index) => oracle(graph, new Set([index])));
  const normal = oracle(graph, new Set());
  graph.nodes.forEach((_, node) => {
    const worst = Math.max(normal[node] ?? 0, ...states.map((carried) => carried[node] ?? 0));
    expect(Math.abs((found.worst[node] as number) - worst)).toBeLessThanOrEqual(NOISE_WATTS * 1.001);
    const told = found.worstIn[node] as number;
    const there = told < 0 ? normal : (states[found.states[told]?.out[0] as number] as readonly number[]);
    expect(Math.abs((there[node] as number) - worst)).toBeLessThanOrEqual(2.001 * NOISE_WATTS);
  });
  graph.nodes.forEach((_, node) => {
    const loss: Pick<Loss, "racks" | "accepted"> = found.losses.get(node) ?? { racks: 0, accepted: 0 };
    expect({ racks: loss.racks, accepted: loss.accepted }).toEqual(lossOracle(graph, new Set([node])));
  });
});

property.prop([anyGraph, fc.nat(), fc.integer({ min: 1, max: 500 })])(
  "more load on a rack never lightens a node",
  (graph, pick, more) => {
    const heavier = oneLine(
      graph.nodes.map((node, index) =>
        index === pick % graph.count && node.load !== 0 ? { ...node, load: (node.load ?? 0) + more } : node,
      ),
    );
    const before = study(graph, loadsOf(graph), statesOf(graph, []));
    const after = study(heavier, loadsOf(heavier), statesOf(heavier, []));
    before.worst.forEach((worst, node) => {
      expect(after.worst[node] as number).toBeGreaterThanOrEqual(worst - 1e-3);
    });
  },
);

property.prop([anyGraph, fc.array(fc.nat(), { minLength: 14, maxLength: 14 })])(
  "the order of the nodes never matters",
  (graph, keys) => {
    const order = [...graph.nodes.keys()].sort(
      (left, right) => (keys[left] as number) - (keys[right] as number) || left - right,
    );
    const place = new Map(order.map((node, at) => [node, at]));
    const moved = (of: readonly number[]) => of.map((node) => place.get(node) as number);
    const shuffled = oneLine(
      order.map((node) => {
        const each = up(graph, node);
        return { ...each, feeds: moved(each.feeds), reserves: moved(each.reserves) };
      }),
    );
    const byId = (line: OneLine) => {
      const found = study(line, loadsOf(line), statesOf(line, []));
      return new Map(line.nodes.map(({ id }, node) => [id, found.worst[node] as number]));
    };
    const there = byId(shuffled);
    for (const [id, worst] of byId(graph))
      expect(Math.abs((there.get(id) as number) - worst)).toBeLessThanOrEqual(2.001 * NOISE_WATTS);
  },
);
