import type { Prefix } from "../../site/prefix.ts";
import { BITS, sizeOf } from "../../site/prefix.ts";

/** The same purpose in both families. */
interface DualPrefix {
  readonly ipv4: Prefix;
  readonly ipv6: Prefix;
}

/** What a site may give out. Each fabric of each building has an equal slot of every pool, by its place in the blueprint. */
export interface AddressPools {
  readonly rails: DualPrefix;
  readonly links: DualPrefix;
  readonly loopbacks: DualPrefix;
  readonly firstAsn: number;
  /** The most that there will ever be: what makes a slot's place independent of what is there today. */
  readonly buildings: number;
  readonly fabrics: number;
}

/** Last private four-byte AS number. Source: RFC 6996. */
export const LAST_ASN = 4_294_967_294;

export interface Place {
  readonly building: number;
  readonly fabric: number;
}

/** The part of a pool that a fabric has: blocks of `size` addresses, so many of them. */
export interface Slot {
  readonly pool: Prefix;
  readonly base: bigint;
  readonly blocks: bigint;
  readonly size: bigint;
}

/** Slots begin on whole blocks, and a block on a multiple of its own size: the pool does, and so does each after it. */
export function slotOf(pool: Prefix, size: bigint, place: Place, pools: AddressPools): Slot {
  const slots = BigInt(pools.buildings * pools.fabrics);
  const most = sizeOf(pool) / slots / size;
  const blocks = pool.family === "ipv6" ? powerBelow(most) : most;
  return { pool, base: pool.base + ordinal(place, pools) * blocks * size, blocks, size };
}

/** IPv6 has room enough for slots that begin on a bit, and so can be read. */
const powerBelow = (count: bigint): bigint => (count === 0n ? 0n : 1n << BigInt(count.toString(2).length - 1));

export const ordinal = ({ building, fabric }: Place, { fabrics }: AddressPools): bigint =>
  BigInt(building * fabrics + fabric);

/** The block of an index as a prefix; null past the end of the slot. */
export function blockOf({ pool, base, blocks, size }: Slot, index: number): Prefix | null {
  if (BigInt(index) >= blocks) return null;
  const bits = size.toString(2).length - 1;
  return { family: pool.family, base: base + BigInt(index) * size, length: BITS[pool.family] - bits };
}
