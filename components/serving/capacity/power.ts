/**
 * Share of a GPU's power limit by running sequences: medians of 283 vLLM runs at steady state (ML.ENERGY benchmark v3,
 * ml-energy/leaderboard@0cd52da), smoothed to rise with the batch. Quartiles lie 0.09 around it.
 */
const SHARES: readonly (readonly [sequences: number, share: number])[] = [
  [1, 0.62],
  [8, 0.64],
  [32, 0.69],
  [64, 0.76],
  [128, 0.79],
  [256, 0.83],
  [1024, 0.84],
];

/** Watts that one GPU draws while it serves `sequences` at a time; between the runs in octaves. */
export function wattsPerGpu(tdpWatts: number, sequences: number): number {
  const octave = Math.log2(Math.max(1, sequences));
  let [lowerSequences, lowerShare] = SHARES[0] ?? [1, 1];
  for (const [upperSequences, upperShare] of SHARES) {
    const upper = Math.log2(upperSequences);
    if (octave <= upper) {
      const lower = Math.log2(lowerSequences);
      const part = upper === lower ? 1 : (octave - lower) / (upper - lower);
      return tdpWatts * (lowerShare + (upperShare - lowerShare) * part);
    }
    [lowerSequences, lowerShare] = [upperSequences, upperShare];
  }
  return tdpWatts * lowerShare;
}
