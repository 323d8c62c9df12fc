import { type BinTotals, binChecked, binOutcomes } from "../binning/binOutcomes.ts";
import { type BinningOptions, resolveScheme } from "../binning/presets.ts";
import type { Outcomes } from "../predictions.ts";
import { requireChoice } from "../validation/requireChoice.ts";

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
  requireChoice("from", from, ["accuracy", "confidence"]);
  const scheme = resolveScheme(binning);
  const totals = binOutcomes(outcomes, scheme);
  if (from === "accuracy") return binnedNoiseFloor(totals);
  // 1 - v is summed, not subtracted from 1: a mean within rounding of 1 would lose all its digits under the root
  const { confidences } = outcomes;
  const missing = binChecked({ confidences, outcomes: Float64Array.from(confidences, (value) => 1 - value) }, scheme);
  return floorOf(totals, totals.confidenceSums, missing.outcomeSums);
}

/** Noise floor of sums per bin, with the accuracy of each bin standing for its true rate. */
export function binnedNoiseFloor(totals: BinTotals): number {
  const wrong = totals.outcomeSums.map((right, bin) => totals.counts[bin]! - right);
  return floorOf(totals, totals.outcomeSums, wrong);
}

/** The sums of v and of 1 - v per bin. */
function floorOf(totals: BinTotals, sums: Float64Array, missing: Float64Array): number {
  let floor = 0;
  for (let bin = 0; bin < totals.counts.length; bin++) {
    const count = totals.counts[bin]!;
    if (count === 0) continue;
    const variance = (sums[bin]! / count) * (missing[bin]! / count);
    floor += (count / totals.total) * Math.sqrt((2 * variance) / (Math.PI * count));
  }
  return floor;
}
