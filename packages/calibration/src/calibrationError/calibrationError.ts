import { type BinTotals, binOutcomes } from "../binning/binOutcomes.ts";
import { classColumn, topLabelOutcomes } from "../binning/forecastOutcomes.ts";
import { type BinningOptions, calibrationPresets, resolveScheme } from "../binning/presets.ts";
import type { Forecasts, Outcomes } from "../predictions.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { requireChoice } from "../validation/requireChoice.ts";
import { requireForecasts } from "../validation/requirePredictions.ts";
import { binGap } from "./binnedErrors.ts";
import { debiasedError } from "./debiasedSquaredError.ts";

/** What is binned, how, and how the gaps become one number; what is left out comes from the preset. */
export interface CalibrationErrorOptions extends BinningOptions {
  /**
   * `top-label`: largest probability against right or wrong. `classwise`: every class against its own label, averaged.
   * `binary`: P(y = 1) against the label, for two classes.
   */
  readonly target?: "top-label" | "classwise" | "binary";
  /** p of the norm, 1 or more; Infinity is the largest gap. */
  readonly norm?: number;
  /** Whether the sampling noise of each bin is subtracted; needs norm 2. */
  readonly debiased?: boolean;
}

/** The p-norm of the gaps, weighted by the shares of the bins. */
function normOfGaps(totals: BinTotals, norm: number): number {
  let largest = 0;
  for (let bin = 0; bin < totals.counts.length; bin++) largest = Math.max(largest, Math.abs(binGap(totals, bin)));
  if (norm === Infinity || largest === 0) return largest;
  let powers = 0; // of gaps as shares of the largest one, so that no power underflows
  for (let bin = 0; bin < totals.counts.length; bin++)
    powers += (totals.counts[bin]! / totals.total) * (Math.abs(binGap(totals, bin)) / largest) ** norm;
  return Math.min(1, largest * powers ** (1 / norm));
}

/** The p-mean of errors of classes, `(1/K sum_k e_k^p)^(1/p)`. */
function meanOfClasses(errors: readonly number[], norm: number): number {
  const largest = errors.reduce((a, b) => Math.max(a, b));
  if (norm === Infinity || largest === 0) return largest;
  const powers = errors.reduce((sum, error) => sum + (error / largest) ** norm, 0);
  return largest * (powers / errors.length) ** (1 / norm);
}

function outcomesOf(forecasts: Forecasts, count: number, target: string): readonly Outcomes[] {
  if (target === "top-label") return [topLabelOutcomes(forecasts)];
  if (target === "binary") return [classColumn(forecasts, 1, count)];
  return Array.from({ length: forecasts.classCount }, (_, k) => classColumn(forecasts, k, count));
}

/**
 * Calibration error with every setting free: bins, target, norm and debiasing. All named presets are settings of it.
 *
 * `(sum_b n_b / n |accuracy_b - confidence_b|^p)^(1/p)`, the largest gap for p = Infinity; classwise the p-mean over
 * classes `(1/K sum_k error_k^p)^(1/p)`, as in Kumar's library. Debiased (p = 2): the root of
 * `max(0, sum_b n_b / n [gap_b^2 - accuracy_b (1 - accuracy_b) / (n_b - 1)])`.
 *
 * @param forecasts - probabilities with the original hard labels
 * @param options - preset (`default15` when not given) and settings that override it
 * @returns the error, a fraction in [0, 1]
 * @throws {ArgumentError} when forecasts or options break a rule
 * @example
 * ```ts
 * calibrationError(forecasts, { preset: "netcal10", norm: 2 }); // netcal's bins, root of the mean squared gap
 * ```
 * @see Kumar, Liang, Ma, "Verified uncertainty calibration", 2019
 */
export function calibrationError(forecasts: Forecasts, options: CalibrationErrorOptions = {}): number {
  const { target: ownTarget, norm: ownNorm, debiased: ownDebiased, ...binning } = options;
  const count = requireForecasts(forecasts);
  const scheme = resolveScheme(binning);
  const preset = calibrationPresets[binning.preset ?? "default15"];
  const target = ownTarget ?? preset.target;
  const norm = ownNorm ?? preset.norm;
  const debiased = ownDebiased ?? (preset.debiased && norm === 2);
  requireChoice("target", target, ["top-label", "classwise", "binary"]);
  if (!(norm >= 1)) throw new ArgumentError("norm", "must be a number of at least 1", norm);
  if (debiased && norm !== 2) throw new ArgumentError("norm", "must be 2 where the error is debiased", norm);
  if (target === "binary" && forecasts.classCount !== 2)
    throw new ArgumentError("classCount", "must be 2 for the target binary", forecasts.classCount);
  const errors = outcomesOf(forecasts, count, target).map((outcomes) => {
    const totals = binOutcomes(outcomes, scheme);
    return debiased ? debiasedError(totals).root : normOfGaps(totals, norm);
  });
  return meanOfClasses(errors, norm);
}
