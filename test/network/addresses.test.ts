import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { addressing, fits, type Given, type Switch } from "../../components/network/addresses/allocate.ts";
import { type AddressPools, LAST_ASN } from "../../components/network/addresses/pools.ts";
import { type FabricSize, isTooLarge, sizeFabric } from "../../components/network/fabric/size.ts";
import { cables } from "../../components/network/fabric/wiring.ts";
import { overlap, type Prefix, parsePrefix, printAddress, printPrefix, sizeOf } from "../../components/site/prefix.ts";
import { demands, sizeOf as sized } from "../support/fabrics.ts";

const prefix = (text: string): Prefix => {
  const read = parsePrefix(text);
  if (read === null) throw new Error(`${text} is no prefix`);
  return read;
};
const dual = (ipv4: string, ipv6: string) => ({ ipv4: prefix(ipv4), ipv6: prefix(ipv6) });
const POOLS: AddressPools = {
  rails: dual("10.0.0.0/9", "fd00:1::/32"),
  links: dual("10.128.0.0/10", "fd00:2::/32"),
  loopbacks: dual("10.192.0.0/12", "fd00:3::/32"),
  firstAsn: 4_200_000_000,
  buildings: 5,
  fabrics: 3,
};

interface Allotted {
  readonly key: string;
  readonly pool: "rails" | "links" | "loopbacks";
  readonly given: Given;
}

/** Everything that a fabric gives out, by the name of what has it. */
function allotted(size: FabricSize, pools: AddressPools, building: number, fabric: number) {
  const given = addressing(size, pools, { building, fabric });
  const all = new Map<string, Allotted>();
  const asns = new Map<string, number | null>();
  const add = (key: string, pool: Allotted["pool"], what: Given) =>
    all.set(`${pool} ${key}`, { key, pool, given: what });
  const device = (end: Switch) => {
    const key = JSON.stringify(end);
    add(key, "loopbacks", given.loopback(end));
    asns.set(key, given.asn(end));
    if (end.kind === "leaf") add(key, "rails", given.rail(end));
  };
  for (const { lower, upper } of cables(size)) {
    if (upper.device.kind !== "node" && upper.device.kind !== "manager") device(upper.device);
    if (lower.device.kind !== "node" && lower.device.kind !== "manager")
      add(JSON.stringify(lower), "links", given.link(lower));
  }
  return { all, asns };
}

/** Sorted by their first address, only neighbours can overlap. */
function overlapping(prefixes: readonly Prefix[]): readonly string[] {
  const sorted = prefixes.toSorted((one, other) => (one.base < other.base ? -1 : 1));
  return sorted.flatMap((each, index) => {
    const next = sorted[index + 1];
    return next !== undefined && overlap(each, next) ? [`${printPrefix(each)} and ${printPrefix(next)}`] : [];
  });
}

const sites = fc.record({
  asked: demands(14, [8, 12]),
  buildings: fc.integer({ min: 1, max: 3 }),
  fabrics: fc.integer({ min: 1, max: 2 }),
  more: fc.integer({ min: 1, max: 30 }),
});

describe("over 1,000 random sites", () => {
  property.prop([sites], { numRuns: 1_000 })(
    "nothing overlaps, all lies inside its pool, in both families, and nothing moves when a pod is added",
    ({ asked, buildings, fabrics, more }) => {
      const [size, grown] = [sizeFabric(asked), sizeFabric({ ...asked, nodes: asked.nodes + more })];
      fc.pre(!isTooLarge(size) && !isTooLarge(grown));
      const places = Array.from({ length: buildings * fabrics }, (_, index) => [
        index % buildings,
        Math.floor(index / buildings),
      ]);
      const parts = places.map(([building = 0, fabric = 0]) => allotted(size, POOLS, building, fabric));
      for (const pool of ["rails", "links", "loopbacks"] as const) {
        const own = parts.flatMap(({ all }) => [...all.values()].filter((each) => each.pool === pool));
        for (const family of ["ipv4", "ipv6"] as const) {
          const prefixes = own.map(({ given }) => given[family]).filter((each) => each !== null);
          const parent = POOLS[pool][family];
          expect(prefixes).toHaveLength(own.length);
          expect(overlapping(prefixes)).toEqual([]);
          expect(
            prefixes.filter(
              (each) => each.base < parent.base || each.base + sizeOf(each) > parent.base + sizeOf(parent),
            ),
          ).toEqual([]);
          expect(prefixes.filter((each) => each.base % sizeOf(each) !== 0n)).toEqual([]);
        }
      }
      const asns = parts.flatMap((part) => [...part.asns.values()]);
      expect(new Set(asns).size).toBe(asns.length);
      expect(asns.every((asn) => asn !== null && asn >= POOLS.firstAsn && asn <= LAST_ASN)).toBe(true);
      const [first] = parts;
      const after = allotted(grown, POOLS, 0, 0);
      const moved = [...(first?.all ?? [])].filter(([key, { given }]) => {
        const now = after.all.get(key)?.given;
        return now !== undefined && shown(now) !== shown(given);
      });
      const kept = [...(first?.all.keys() ?? [])].filter((key) => key.startsWith("rails") && !after.all.has(key));
      expect([moved, kept]).toEqual([[], []]);
    },
  );
});

const shown = ({ ipv4, ipv6 }: Given): string => [ipv4, ipv6].map((each) => each && printPrefix(each)).join(" ");

describe("a pool that is too small", () => {
  const size = sized({
    nodes: 64,
    rails: 4,
    planes: 1,
    linkGbps: 400,
    uplinkGbps: 400,
    radix: 32,
    leaf: { nodes: 16, railsPerLeaf: 1, up: 16, spines: "shared" },
    ufm: false,
  });
  /** 16 leaves with subnets of 32 addresses, in the one slot that there is. */
  const small = (length: number): AddressPools => ({
    ...POOLS,
    rails: dual(`10.0.0.0/${length}`, "fd00:1::/32"),
    buildings: 1,
    fabrics: 1,
  });

  test.each([
    [23, true],
    [24, false],
  ])("/%i for 16 subnets of 32: %s", (length, enough) => {
    const fit = fits(size, "ethernet", small(length), { building: 0, fabric: 0 });
    expect(fit.find(({ purpose }) => purpose === "rails ipv4")?.fits).toBe(enough);
    expect(fit.filter((each) => !each.fits)).toHaveLength(enough ? 0 : 1);
  });

  test("InfiniBand needs no more than its rails", () => {
    const fit = fits(size, "infiniband", small(23), { building: 0, fabric: 0 });
    expect(fit.map(({ purpose }) => purpose)).toEqual(["rails ipv4", "rails ipv6"]);
  });

  test("what is past its end has no address, never another's", () => {
    const given = addressing(size, small(24), { building: 0, fabric: 0 });
    const subnets = Array.from({ length: 16 }, (_, index) =>
      given.rail({ kind: "leaf", plane: 0, unit: Math.floor(index / 4), leaf: index % 4 }),
    );
    expect(subnets.map(({ ipv4 }) => ipv4 && printPrefix(ipv4))).toEqual([
      ...["0", "32", "64", "96", "128", "160", "192", "224"].map((last) => `10.0.0.${last}/27`),
      ...Array<null>(8).fill(null),
    ]);
  });

  test("hosts stand after network and gateway", () => {
    const leaf = { kind: "leaf", plane: 0, unit: 0, leaf: 1 } as const;
    expect(shown(addressing(size, small(23), { building: 0, fabric: 0 }).host(leaf, 15))).toBe(
      "10.0.0.49/32 fd00:1:0:1::11/128",
    );
  });
});

describe("a prefix", () => {
  test.each(["10.0.0.0/8", "192.168.1.0/24", "0.0.0.0/0", "fd00::/8", "2001:db8:0:1::/64", "::/0", "fd00::1/128"])(
    "%s reads and prints as it is",
    (text) => {
      expect(printPrefix(prefix(text))).toBe(text);
    },
  );

  test.each([
    "10.0.0.1/8",
    "10.0.0.0/33",
    "10.0.0/8",
    "010.0.0.0/8",
    "0x0a.0.0.0/8",
    "10.0.0.0",
    "fd00::1/64",
    "fd00::/129",
    "",
    "a/8",
    "::ffff:10.0.0.0/104",
  ])("%s is none", (text) => {
    expect(parsePrefix(text)).toBeNull();
  });

  property.prop([fc.ipV6(), fc.integer({ min: 0, max: 128 })])("any address cut to its length", (address, length) => {
    const whole = parsePrefix(`${address}/128`);
    fc.pre(whole !== null);
    const base = (whole.base >> BigInt(128 - length)) << BigInt(128 - length);
    expect(parsePrefix(`${printAddress("ipv6", base)}/${length}`)).toEqual({ family: "ipv6", base, length });
  });
});
