import { type BinTotals, binOutcomes } from "../binning/binOutcomes.ts";
import { type BinningOptions, resolveScheme } from "../binning/presets.ts";
import type { Outcomes } from "../predictions.ts";

/** Options of {@link noiseFloor}. */
export interface NoiseFloorOptions extends BinningOptions {
  /** Which mean of a bin stands for its true rate: its `accuracy` (default) or its `confidence`. */
  readonly from?: "accuracy" | "confidence";
}

/**
 * Noise floor of the ECE: what a perfectly calibrated model would show with these bins and counts.
 *
 * `sum_b n_b / n sqrt(2 v_b (1 - v_b) / (pi n_b))`, the mean absolute deviation of a binomial share under the normal
 * approximation. Differences of ECE below it mean nothing; draw it as a band.
 *
 * @param outcomes - stated probabilities beside what happened
 * @param options - binning as for the ECE, and which mean stands for the true rate
 * @returns the expected ECE, a fraction in [0, 1]
 * @throws {ArgumentError} when outcomes or options break a rule
 */
export function noiseFloor(outcomes: Outcomes, options: NoiseFloorOptions = {}): number {
  const { from = "accuracy", ...binning } = options;
  const totals = binOutcomes(outcomes, resolveScheme(binning));
  return binnedNoiseFloor(totals, from === "accuracy" ? totals.outcomeSums : totals.confidenceSums);
}

/** Noise floor of sums per bin, with the given sums standing for the true rates. */
export function binnedNoiseFloor(totals: BinTotals, sums: Float64Array): number {
  let floor = 0;
  for (let bin = 0; bin < totals.counts.length; bin++) {
    const count = totals.counts[bin]!;
    if (count === 0) continue;
    const rate = Math.min(1, sums[bin]! / count); // a mean of ones can round above 1
    floor += (count / totals.total) * Math.sqrt((2 * rate * (1 - rate)) / (Math.PI * count));
  }
  return floor;
}
