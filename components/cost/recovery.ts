import { type MicroUsd, microUsd } from "../quantity.ts";

const HOURS_A_YEAR = 8_760n;
const YEAR_S = 31_536_000;
const PRECISION = 10 ** 12;
/** Below this rate the factor equals 1/n to the precision kept. */
const NEGLIGIBLE = 1e-12;

/** Capital recovery factor r / (1 − (1 + r)^−n) of n years at rate r; 1/n at rate 0. Source: engineering economy. */
export const capitalRecoveryFactor = (rate: number, years: number): number =>
  rate < NEGLIGIBLE ? 1 / years : rate / -Math.expm1(-years * Math.log1p(rate));

/** What an hour must earn to pay back capital over its life, in whole micro-dollars, rounded up. */
export function recoveredPerHour(capex: MicroUsd, rate: number, lifeS: number): MicroUsd {
  const factor = BigInt(Math.round(capitalRecoveryFactor(rate, lifeS / YEAR_S) * PRECISION));
  const divisor = BigInt(PRECISION) * HOURS_A_YEAR;
  return microUsd((capex * factor + divisor - 1n) / divisor);
}
