import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { sizeText } from "../../cli/format/size-text.ts";
import type { Opened } from "../../components/open.ts";
import { type MicroUsd, microUsd, type Watts, watts } from "../../components/quantity.ts";
import type { Answers } from "../../components/serving/sizing/answers.ts";
import { askPools } from "../../components/serving/sizing/asked-pools.ts";
import { buildsOf } from "../../components/serving/sizing/buildable.ts";
import { settled } from "../../components/serving/sizing/settled.ts";
import type { Candidate, Feasible, Sized, Sizing } from "../../components/serving/sizing/sizing-types.ts";
import { ohioWith, opening, siteText } from "../support/sites.ts";
import { builtBy, sizingOf } from "../support/sizing.ts";

const LLAMA = 1;
/** Ohio with seven H200 nodes that DeepSeek leaves. */
const roomy = (...further: readonly (readonly [piece: string, by: string])[]) =>
  ohioWith(["replicas: 15", "replicas: 8"], ...further);
const PRICE = 'pricePerHour: { value: $43.27, source: "order OHIO-CB-7: 16 instances for 42 days at $697,858.56" }';

function sizedOf({ outcome }: Sizing): Sized {
  if (outcome.kind !== "sized") throw new Error(JSON.stringify(outcome));
  return outcome;
}
const frontOf = ({ judged }: Sized) => judged.flatMap((each) => (each.kind === "front" ? [each] : []));

describe("two rented pools", () => {
  const sized = sizedOf(sizingOf(opening(roomy()), LLAMA));

  test("are asked with the GPUs that others leave and the price of each, the endpoint's own first", () => {
    expect(sized.pools).toMatchObject([
      { id: "h100", gpu: "h100_sxm", gpusToHave: 64, perGpuHour: 6_886_300n },
      { id: "h200", gpu: "h200_sxm", gpusToHave: 56, perGpuHour: 5_415_050n },
    ]);
    expect(sized.passedOver).toEqual([]);
  });

  test("name each configuration by its pool", () => {
    for (const { pool, candidate } of sized.judged) expect(candidate.id.startsWith(`${pool}/`)).toBe(true);
  });

  test("compare in money: no member of the front is dearer and slower than another", () => {
    const front = frontOf(sized);
    const usd = ({ usdPerMillionTokens }: Feasible) => Number(usdPerMillionTokens);
    for (const one of front) {
      for (const other of front) {
        const beats =
          usd(one.feasible) < usd(other.feasible) && one.feasible.interTokenS.value < other.feasible.interTokenS.value;
        expect(beats).toBe(false);
      }
    }
    expect(new Set(front.map(({ pool }) => pool))).toEqual(new Set(["h200"]));
  });

  test("build on the endpoint's own, and say which other does it for less", () => {
    expect(sized.buildable?.pool).toBe("h100");
    expect(sized.elsewhere?.pool).toBe("h200");
    expect(Number(sized.elsewhere?.usdPerMillionTokens)).toBeLessThan(Number(sized.buildable?.usdPerMillionTokens));
    expect(sized.optimizations[0]).toMatchObject({ outcome: { on: expect.stringMatching(/^h100\//) } });
  });

  test("are told each with its own table, within 80 columns, the cheaper one with its pool", () => {
    const text = sizeText([{ endpoint: "llama-70b", at: "", pool: "h100", outcome: { kind: "sized", ...sized } }]);
    expect(text).toContain("on pool h100 (h100_sxm, 64 GPUs to give) or pool h200");
    expect(text).toContain("What nothing beats in money and gap between tokens, at the peak\n  On pool h200\n");
    expect(text).toContain("h100, h200: power is the landlord's: not weighed");
    expect(text).toMatch(/To build h100\/[^\n]*\n(?: {2}.*\n)? {2}precision:/);
    expect(text).toMatch(/For less money h200\/[^;:]*: \d+ GPUs,[^:]*\n {2}pool: h200\n {2}precision: /);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("what another pool is said to build is what the plan says of it there", () => {
    const { usdPerMillionTokens, gpus } = sized.elsewhere ?? {};
    const moved = opening(
      roomy([
        "pool: h100\n      model: llama-3.1-70b\n      precision: fp8\n      replicas: 16\n      nodesPerReplica: 1\n      gpusPerNode: 4",
        `pool: h200\n      model: llama-3.1-70b\n      ${builtBy(sized.elsewhere)}`,
      ]),
    ).plan;
    expect(moved.endpoints[LLAMA]?.gpus).toBe(gpus);
    const outcome = moved.capacity[LLAMA]?.outcome;
    if (outcome?.kind !== "predicted") throw new Error("not predicted");
    expect(outcome.unitLost.operation?.interTokenS.high).toBeLessThanOrEqual(outcome.objective.interTokenS);
    expect(Number(usdPerMillionTokens)).toBeGreaterThan(Number(outcome.usdPerMillionTokens?.value));
  });
});

describe("a price that is not known", () => {
  const sized = sizedOf(sizingOf(opening(roomy([PRICE, "pricePerHour: { value: unknown }"])), LLAMA));

  test("is told with its place", () => {
    const text = sizeText([{ endpoint: "llama-70b", at: "", pool: "h100", outcome: { kind: "sized", ...sized } }]);
    expect(text).toContain("h200: its price is not known (pools[0].instances.pricePerHour): beats nothing");
    expect(sized.pools[1]).toMatchObject({
      id: "h200",
      perGpuHour: null,
      priceMissing: ["pools[0].instances.pricePerHour"],
      weighedIn: { cost: "gpus" },
    });
  });

  test("leaves each pool a front of its own: nothing beats what it may be cheaper than", () => {
    expect(new Set(frontOf(sized).map(({ pool }) => pool))).toEqual(new Set(["h100", "h200"]));
    for (const each of sized.judged) {
      if (each.kind === "refused" && each.refusal.kind === "dominated")
        expect(each.refusal.by.startsWith(`${each.pool}/`)).toBe(true);
    }
  });

  test("proposes no pool as the cheaper one", () => expect(sized.elsewhere).toBeNull());
});

describe("what is built where the endpoint's own pool has nothing", () => {
  const build = (pool: string, gpus: number, usd: bigint | null): Answers =>
    ({
      sought: { pool: { id: pool } },
      verdicts: [
        {
          candidate: { id: `${pool}/c` },
          verdict: {
            kind: "feasible",
            feasible: { gpus, fleets: [], usdPerMillionTokens: usd, blueprint: {}, interTokenS: { value: 1 } },
          },
        },
      ],
    }) as unknown as Answers;

  test.each([
    ["the cheapest elsewhere, however many GPUs", [build("a", 1, 9n), build("b", 8, 2n), build("c", 2, 3n)], "b"],
    ["one of known cost before others", [build("a", 1, null), build("b", 8, 2n)], "b"],
    ["the first, where no cost is known", [build("a", 8, null), build("b", 1, null)], "a"],
    ["nothing, where nothing is", [], undefined],
  ] as const)("is %s", (_what, answers, pool) => {
    const { buildable, elsewhere } = buildsOf(answers, "own");
    expect(buildable?.pool).toBe(pool);
    expect(elsewhere).toBeNull();
  });

  test("another pool of unknown cost is not cheaper, nor is one at the same", () => {
    const own = build("own", 4, 2n);
    expect(buildsOf([own, build("a", 1, null), build("b", 1, 2n)], "own")).toMatchObject({
      buildable: { pool: "own" },
      elsewhere: null,
    });
    expect(buildsOf([own, build("a", 1, 1n)], "own")).toMatchObject({ elsewhere: { pool: "a" } });
  });
});

describe("a pool that is not asked is one line with its reason", () => {
  const passedOver = ({ site, plan, catalog }: Opened, index: number, pools: readonly string[] | null = null) => {
    const endpoint = site.serving.endpoints[index];
    if (endpoint === undefined) throw new Error("no endpoint");
    return askPools(endpoint, `serving.endpoints[${index}]`, { plan, catalog, pue: null, pools }).passedOver;
  };
  const ohio = opening(siteText("aws-ohio"));
  const campus = opening(siteText("independence-mo"));

  test("where others take all of it, unless it is named", () => {
    expect(passedOver(ohio, LLAMA)).toEqual([{ pool: "h200", kind: "taken", gpus: 120 }]);
    expect(passedOver(ohio, LLAMA, ["h200", "h100"])).toEqual([]);
  });

  test("where its phase is yet to come, unless it is named", () => {
    expect(passedOver(campus, 0)).toEqual([
      { pool: "plant-1", kind: "held", phase: "plant-1", state: "permitted" },
      { pool: "full-build", kind: "held", phase: "full-build", state: "designed" },
    ]);
    expect(passedOver(campus, 0, ["bridge", "full-build"])).toEqual([]);
  });

  test("where its racks are gone, also where it is named", () => {
    const pools = campus.plan.pools.map((pool) => ({ ...pool, state: "retired" as const }));
    const gone = { ...campus, plan: { ...campus.plan, pools } };
    expect(passedOver(gone, 0, ["bridge"])).toEqual([
      { pool: "bridge", kind: "held", phase: "bridge", state: "retired" },
    ]);
  });

  test("where its GPUs are not known", () => {
    const instances = new Map(ohio.catalog.instances);
    const [id, p5en] = ["p5en.48xlarge", ohio.catalog.instances.get("p5en.48xlarge")];
    if (p5en === undefined) throw new Error("no p5en");
    instances.set(id, { ...p5en, gpus: { ...p5en.gpus, value: null } });
    expect(passedOver({ ...ohio, catalog: { ...ohio.catalog, instances } }, LLAMA)).toEqual([
      { pool: "h200", kind: "unknown", missing: ["catalog:instances/p5en.48xlarge/gpus"] },
    ]);
  });
});

test("pools of one system at one price are one: the second stands on the front only with what takes more than the first has", () => {
  const text = ohioWith(
    ["replicas: 15", "replicas: 3"],
    ["type: p5en.48xlarge", "type: p5.48xlarge"],
    [PRICE, 'pricePerHour: { value: $55.04, source: "an invoice" }'],
  );
  const { judged, pools } = sizedOf(sizingOf(opening(text), LLAMA));
  expect(pools.map(({ id, gpusToHave }) => [id, gpusToHave])).toEqual([
    ["h100", 64],
    ["h200", 96],
  ]);
  const same = judged.flatMap((each) => (each.kind === "refused" && each.refusal.kind === "same" ? [each] : []));
  expect(same.length).toBeGreaterThan(0);
  for (const { candidate, refusal } of same) {
    expect(refusal).toEqual({ kind: "same", as: candidate.id.replace("h200", "h100") });
  }
  const tooMany = judged.filter((each) => each.kind === "refused" && each.refusal.kind === "pool");
  expect(tooMany.some(({ pool }) => pool === "h100")).toBe(true);
  for (const each of judged) {
    if (each.kind === "front" && each.pool === "h200") expect(each.feasible.gpus).toBeGreaterThan(64);
  }
});

/** Made-up pools: rented or not, at a price that is known or not, of racks that are known or not. */
const rival = fc.record({
  price: fc.option(fc.integer({ min: 1, max: 4 })),
  rack: fc.option(fc.constant(10)),
  rented: fc.boolean(),
  all: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 6 }),
});
type Rival = typeof rival extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const asAnswers = (rivals: readonly Rival[]): readonly Answers[] =>
  rivals.map(({ price, rack, rented, all }, index) => ({
    sought: {
      pool: { id: `p${index}`, instances: rented ? {} : null, rackWattsPerGpu: rack as Watts | null },
      perGpuHour: price === null ? null : microUsd(BigInt(price)),
    } as Answers["sought"],
    verdicts: all.map(([gpus, drawn, gap], each) => ({
      candidate: { id: `p${index}/c${each}` } as Candidate,
      verdict: {
        kind: "feasible",
        feasible: { gpus, watts: watts(drawn), interTokenS: { low: gap, value: gap, high: gap } } as Feasible,
      },
    })),
    sameAs: new Map(),
  }));

/** By hand: pools that compare do so in each of money, watts and gap; others not at all. */
function isBeatenBy(answers: readonly Answers[], id: string, by: string): boolean {
  const found = (wanted: string) =>
    answers.flatMap(({ sought, verdicts }) =>
      verdicts.flatMap(({ candidate, verdict }) =>
        candidate.id === wanted && verdict.kind === "feasible" ? [{ sought, ...verdict.feasible }] : [],
      ),
    )[0];
  const [one, other] = [found(by), found(id)];
  if (one === undefined || other === undefined) throw new Error("not there");
  const samePool = one.sought.pool.id === other.sought.pool.id;
  const isRented = ({ sought }: typeof one) => sought.pool.instances !== null;
  const isOpen = ({ sought }: typeof one) =>
    sought.perGpuHour === null || (sought.pool.instances === null && sought.pool.rackWattsPerGpu === null);
  if (!samePool && (isOpen(one) || isOpen(other) || isRented(one) !== isRented(other))) return false;
  const cost = ({ gpus, sought }: typeof one) => gpus * Number((sought.perGpuHour as MicroUsd | null) ?? 1n);
  const pairs = [
    [cost(one), cost(other)],
    ...(isRented(one) ? [] : [[one.watts, other.watts]]),
    [one.interTokenS.value, other.interTokenS.value],
  ] as readonly (readonly [number, number])[];
  return pairs.every(([left, right]) => left <= right) && pairs.some(([left, right]) => left < right);
}

property.prop([fc.array(rival, { minLength: 1, maxLength: 4 })])(
  "the front over all pools is what nothing that compares beats, and what is not known of a pool beats nothing elsewhere",
  (rivals) => {
    const answers = asAnswers(rivals);
    const judged = settled(answers);
    const ids = judged.map(({ candidate }) => candidate.id);
    for (const each of judged) {
      const better = ids.filter((by) => isBeatenBy(answers, each.candidate.id, by));
      expect(each.kind === "front").toBe(better.length === 0);
      if (each.kind === "refused" && each.refusal.kind === "dominated") expect(better).toContain(each.refusal.by);
    }
  },
);

property.prop([fc.array(rival, { minLength: 2, maxLength: 4 }), fc.nat(3)])(
  "a price that becomes unknown takes nothing off the front",
  (rivals, index) => {
    const onFront = (all: readonly Rival[]) =>
      settled(asAnswers(all)).flatMap(({ kind, candidate }) => (kind === "front" ? [candidate.id] : []));
    const less = rivals.map((each, at) => (at === index % rivals.length ? { ...each, price: null } : each));
    expect(onFront(less)).toEqual(expect.arrayContaining(onFront(rivals)));
  },
);
