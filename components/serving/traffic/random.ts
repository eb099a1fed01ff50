import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { skipN } from "pure-rand/utils/skipN";

/** A stream of random numbers: the same seed gives the same numbers, on every machine. */
export interface Random {
  /** In (0, 1): never an end, so that logarithms and quantiles are finite. */
  readonly uniform: () => number;
  readonly normal: () => number;
  /** Exponential, mean 1. */
  readonly exponential: () => number;
  /** Gamma of a shape > 0, mean 1. */
  readonly gamma: (shape: number) => number;
}

export function seeded(seed: number): Random {
  const generator = xoroshiro128plus(scrambled(seed));
  skipN(generator, WARM_UP);
  const uniform = (): number => {
    const drawn = uniformFloat64(generator);
    return drawn > 0 ? drawn : Number.MIN_VALUE;
  };
  const exponential = (): number => -Math.log(uniform());
  /** Box and Muller 1958. */
  const normal = (): number => Math.sqrt(2 * exponential()) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal, exponential, gamma: (shape) => gammaOf(shape, { uniform, normal }) / shape };
}

/** The generator starts from its seed almost unmixed: streams of near seeds would begin alike. */
const WARM_UP = 64;

/** Spreads near seeds over all 32 bits. Source: the finalizer of MurmurHash3. */
function scrambled(seed: number): number {
  const high = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b);
  const low = Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return low ^ (low >>> 16);
}

/** Gamma of scale 1. Source: Marsaglia and Tsang 2000; below shape 1 by their power of a uniform. */
function gammaOf(shape: number, random: Pick<Random, "uniform" | "normal">): number {
  if (shape < 1) return gammaOf(shape + 1, random) * random.uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = random.normal();
    const v = (1 + c * normal) ** 3;
    if (v > 0 && Math.log(random.uniform()) < (normal * normal) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
