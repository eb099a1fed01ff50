import type { Fault } from "../fault.ts";
import { type Family, overlap, type Prefix, parsePrefix } from "../prefix.ts";
import { select, selectTexts } from "../select.ts";
import { namesAt } from "./names.ts";

const POOLS = ["rails", "links", "loopbacks"] as const;
const EXAMPLE: Readonly<Record<Family, string>> = { ipv4: "10.0.0.0/8", ipv6: "fd00::/32" };

interface Read {
  readonly path: string;
  readonly prefix: Prefix;
}

/** Pools are prefixes of their family, none within another, with room for the buildings and fabrics that there are. */
export function prefixFaults(root: unknown): readonly Fault[] {
  const read: Read[] = [];
  const faults: Fault[] = [];
  for (const pool of POOLS) {
    for (const family of ["ipv4", "ipv6"] as const) {
      for (const { value, path } of selectTexts(root, `network.addresses.${pool}.${family}`).found) {
        const prefix = parsePrefix(value);
        if (prefix?.family === family) read.push({ path, prefix });
        else faults.push(notRead(path, value, family, prefix));
      }
    }
  }
  return [
    ...faults,
    ...overlaps(read),
    ...tooFew(root, "buildings", "buildings[].id"),
    ...tooFew(root, "fabrics", "network.fabrics[].id"),
  ];
}

function notRead(path: string, value: string, family: Family, prefix: Prefix | null): Fault {
  const name = family === "ipv4" ? "IPv4" : "IPv6";
  return {
    path,
    problem: prefix === null ? "not a prefix" : `not an ${name} prefix`,
    got: value.slice(0, 80),
    allowed: `an ${name} prefix without bits beyond its length, as in "${EXAMPLE[family]}"`,
    fix: "write its first address and its length",
  };
}

const overlaps = (read: readonly Read[]): readonly Fault[] =>
  read.flatMap(({ path, prefix }, index) => {
    const other = read.slice(0, index).find((earlier) => overlap(earlier.prefix, prefix));
    return other === undefined
      ? []
      : [
          {
            path,
            problem: "pools overlap",
            got: `some of it is in ${other.path}`,
            allowed: "prefixes apart from each other",
            fix: "take another prefix",
          },
        ];
  });

/** Fewer slots than there are buildings or fabrics today. */
function tooFew(root: unknown, what: "buildings" | "fabrics", selector: string): readonly Fault[] {
  const { names } = namesAt(root, selector);
  return select(root, `network.addresses.${what}`).found.flatMap(({ value, path }) =>
    typeof value === "number" && value < names.length
      ? [
          {
            path,
            problem: `too few ${what}`,
            got: String(value),
            allowed: `${names.length} or more`,
            fix: "state the most that there will ever be",
          },
        ]
      : [],
  );
}
