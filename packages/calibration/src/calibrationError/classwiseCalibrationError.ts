import { binChecked } from "../binning/binOutcomes.ts";
import { classColumn } from "../binning/forecastOutcomes.ts";
import { type BinningOptions, resolveScheme } from "../binning/presets.ts";
import type { Forecasts } from "../predictions.ts";
import { requireForecasts } from "../validation/requirePredictions.ts";
import { binnedErrors } from "./binnedErrors.ts";

/**
 * Classwise ECE: for every class the ECE of its probability against "the label is this class", averaged over all K.
 *
 * `1/K sum_k ECE(p_k, [y = k])`. Small for large K, because most p_k are near 0 in every row.
 *
 * @param forecasts - probabilities with the original hard labels
 * @param options - preset, bin count or scheme; `default15` (default)
 * @returns the error, a fraction in [0, 1]
 * @throws {ArgumentError} when forecasts or options break a rule
 * @see Kull et al., "Beyond temperature scaling", 2019
 */
export function classwiseCalibrationError(forecasts: Forecasts, options: BinningOptions = {}): number {
  const count = requireForecasts(forecasts);
  const scheme = resolveScheme(options);
  let sum = 0;
  for (let k = 0; k < forecasts.classCount; k++)
    sum += binnedErrors(binChecked(classColumn(forecasts, k, count), scheme)).ece;
  return sum / forecasts.classCount;
}
