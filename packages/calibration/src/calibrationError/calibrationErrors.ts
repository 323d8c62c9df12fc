import { binOutcomes } from "../binning/binOutcomes.ts";
import { type BinningOptions, resolveScheme } from "../binning/presets.ts";
import type { Outcomes } from "../predictions.ts";
import { type BinnedErrors, binnedErrors } from "./binnedErrors.ts";

/**
 * ECE, MCE and RMSCE of the same bins, in one pass.
 *
 * @param outcomes - stated probabilities beside what happened
 * @param options - preset, bin count or scheme; `default15` (default)
 * @returns the three errors, each in [0, 1]; `ece <= rmsce <= mce` unless a preset drops examples
 * @throws {ArgumentError} when outcomes or options break a rule
 * @see Naeini, Cooper, Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015
 */
export function calibrationErrors(outcomes: Outcomes, options: BinningOptions = {}): BinnedErrors {
  return binnedErrors(binOutcomes(outcomes, resolveScheme(options)));
}

/**
 * Maximum calibration error: the largest gap of a bin that is not empty, `max_b |accuracy_b - confidence_b|`.
 *
 * Ruled by the smallest bins, so noisy: one wrong example alone in a bin gives its confidence.
 *
 * @param outcomes - stated probabilities beside what happened
 * @param options - preset, bin count or scheme; `default15` (default)
 * @returns the error, a fraction in [0, 1]
 * @throws {ArgumentError} when outcomes or options break a rule
 * @see Naeini, Cooper, Hauskrecht 2015
 */
export function maximumCalibrationError(outcomes: Outcomes, options: BinningOptions = {}): number {
  return calibrationErrors(outcomes, options).mce;
}

/**
 * Root mean squared calibration error, `sqrt(sum_b n_b / n (accuracy_b - confidence_b)^2)`.
 *
 * @param outcomes - stated probabilities beside what happened
 * @param options - preset, bin count or scheme; `default15` (default)
 * @returns the error, a fraction in [0, 1]
 * @throws {ArgumentError} when outcomes or options break a rule
 * @see Kumar, Liang, Ma 2019
 */
export function rootMeanSquaredCalibrationError(outcomes: Outcomes, options: BinningOptions = {}): number {
  return calibrationErrors(outcomes, options).rmsce;
}
