/**
 * Smallest number of upper switches, at least `least`, over which `uplinks` of a switch spread with the same number on
 * each: 3 scalable units of 64-port NDR take 16 spines for 768 links, not 12, since 32 uplinks do not stripe over 12.
 * Null where even one link to each switch is too few.
 */
export const evenStripe = (uplinks: number, least: number): number | null =>
  divisors(uplinks).find((count) => count >= least) ?? null;

/** Rising. */
export const divisors = (value: number): readonly number[] => {
  const small = Array.from({ length: Math.floor(Math.sqrt(value)) }, (_, index) => index + 1).filter(
    (each) => value % each === 0,
  );
  const large = small.map((each) => value / each).reverse();
  return [...new Set([...small, ...large])];
};

export const greatestCommonDivisor = (left: number, right: number): number =>
  right === 0 ? left : greatestCommonDivisor(right, left % right);
