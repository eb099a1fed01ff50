import ipaddr from "ipaddr.js";

export type Family = "ipv4" | "ipv6";

/** A block of addresses: its first one, and how many bits of it are fixed. */
export interface Prefix {
  readonly family: Family;
  readonly base: bigint;
  readonly length: number;
}

export const BITS: Readonly<Record<Family, number>> = { ipv4: 32, ipv6: 128 };

/** "10.0.0.0/8" or "fd00::/32"; null where it is no prefix, or has bits beyond its length. */
export function parsePrefix(text: string): Prefix | null {
  if (!ipaddr.isValidCIDR(text)) return null;
  const [address, length] = ipaddr.parseCIDR(text);
  const family: Family = address.kind() === "ipv4" ? "ipv4" : "ipv6";
  const base = address.toByteArray().reduce((value, byte) => value * 256n + BigInt(byte), 0n);
  const prefix = { family, base, length };
  return base % sizeOf(prefix) === 0n && printPrefix(prefix).toLowerCase() === text.toLowerCase() ? prefix : null;
}

export const sizeOf = ({ family, length }: Pick<Prefix, "family" | "length">): bigint =>
  1n << BigInt(BITS[family] - length);

export const printPrefix = ({ family, base, length }: Prefix): string => `${printAddress(family, base)}/${length}`;

export function printAddress(family: Family, address: bigint): string {
  const bytes = Array.from({ length: BITS[family] / 8 }, (_, index) =>
    Number((address >> BigInt(BITS[family] - 8 * (index + 1))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

export const overlap = (one: Prefix, other: Prefix): boolean =>
  one.family === other.family && one.base < other.base + sizeOf(other) && other.base < one.base + sizeOf(one);
