import { type BinTotals, binOutcomes } from "../binning/binOutcomes.ts";
import { type BinningOptions, resolveScheme } from "../binning/presets.ts";
import type { Outcomes } from "../predictions.ts";
import { binGap } from "./binnedErrors.ts";

/** A squared calibration error with the sampling noise of the bins subtracted. */
export interface DebiasedError {
  /** The unbiased estimate; can be negative for a calibrated model. */
  readonly raw: number;
  /** `max(0, raw)`. */
  readonly clipped: number;
  /** `sqrt(clipped)`, on the scale of a probability. */
  readonly root: number;
}

/** The debiased error of sums per bin; see {@link debiasedSquaredError}. */
export function debiasedError(totals: BinTotals): DebiasedError {
  let raw = 0;
  for (let bin = 0; bin < totals.counts.length; bin++) {
    const count = totals.counts[bin]!;
    if (count < 2) continue; // one example has no variance to subtract: such a bin adds nothing
    const accuracy = totals.outcomeSums[bin]! / count;
    raw += (count / totals.total) * (binGap(totals, bin) ** 2 - (accuracy * (1 - accuracy)) / (count - 1));
  }
  const clipped = Math.max(0, raw);
  return { raw, clipped, root: Math.sqrt(clipped) };
}

/**
 * Debiased squared calibration error.
 *
 * `sum_b n_b / n [gap_b^2 - accuracy_b (1 - accuracy_b) / (n_b - 1)]`: the squared gap of a bin overestimates by the
 * variance of its accuracy, which is subtracted. Bins with one example add 0.
 *
 * @param outcomes - stated probabilities beside what happened
 * @param options - preset, bin count or scheme; `default15` (default)
 * @returns raw, clipped and root
 * @throws {ArgumentError} when outcomes or options break a rule
 * @see Kumar, Liang, Ma, "Verified uncertainty calibration", 2019
 */
export function debiasedSquaredError(outcomes: Outcomes, options: BinningOptions = {}): DebiasedError {
  return debiasedError(binOutcomes(outcomes, resolveScheme(options)));
}
