import { binOutcomes } from "../binning/binOutcomes.ts";
import { type BinningOptions, resolveScheme } from "../binning/presets.ts";
import type { Outcomes } from "../predictions.ts";
import { binnedErrors } from "./binnedErrors.ts";

/**
 * Expected calibration error: how far stated confidence is from accuracy, on average over bins.
 *
 * `ECE = sum_b n_b / n |accuracy_b - confidence_b|`. The value depends on the bins; say which preset was used. A
 * perfectly calibrated model does not reach 0: see {@link noiseFloor}.
 *
 * @param outcomes - top-label confidences with right or wrong, or binary forecasts with labels
 * @param options - preset, bin count or scheme; `default15` (default)
 * @returns the error, a fraction in [0, 1]
 * @throws {ArgumentError} when outcomes or options break a rule
 * @example
 * ```ts
 * const outcomes = { confidences: [0.25, 0.25, 0.55, 0.75, 0.75], outcomes: [0, 0, 1, 1, 1] };
 * expectedCalibrationError(outcomes, { bins: 2 }); // 0.29
 * ```
 * @see Naeini, Cooper, Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015
 * @see Guo et al., "On calibration of modern neural networks", 2017
 */
export function expectedCalibrationError(outcomes: Outcomes, options: BinningOptions = {}): number {
  return binnedErrors(binOutcomes(outcomes, resolveScheme(options))).ece;
}
