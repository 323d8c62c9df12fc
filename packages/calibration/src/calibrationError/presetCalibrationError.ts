import { type BinTotals, binOutcomes } from "../binning/binOutcomes.ts";
import { classColumn, topLabelOutcomes } from "../binning/forecastOutcomes.ts";
import { type CalibrationPreset, calibrationPresets, type PresetName, resolveScheme } from "../binning/presets.ts";
import type { Forecasts } from "../predictions.ts";
import { requireForecasts } from "../validation/requirePredictions.ts";
import { binnedErrors } from "./binnedErrors.ts";
import { debiasedError } from "./debiasedSquaredError.ts";

function presetNorm(totals: BinTotals, preset: CalibrationPreset): number {
  if (preset.debiased) return debiasedError(totals).root;
  const errors = binnedErrors(totals);
  return preset.norm === 1 ? errors.ece : errors.rmsce;
}

/**
 * Calibration error exactly as a named preset defines it: target, bins, norm and debiasing.
 *
 * Classwise presets average the p-th powers over classes: `(1/K sum_k error_k^p)^(1/p)`, as in Kumar's library.
 *
 * @param forecasts - probabilities with the original hard labels
 * @param preset - name of the preset
 * @returns the error, a fraction in [0, 1]
 * @throws {ArgumentError} when the forecasts break a rule or the preset is unknown
 * @see Kumar, Liang, Ma, "Verified uncertainty calibration", 2019
 */
export function presetCalibrationError(forecasts: Forecasts, preset: PresetName): number {
  const count = requireForecasts(forecasts);
  const scheme = resolveScheme({ preset });
  const definition = calibrationPresets[preset];
  if (definition.target === "top-label")
    return presetNorm(binOutcomes(topLabelOutcomes(forecasts), scheme), definition);
  let powers = 0;
  for (let k = 0; k < forecasts.classCount; k++)
    powers += presetNorm(binOutcomes(classColumn(forecasts, k, count), scheme), definition) ** definition.norm;
  return (powers / forecasts.classCount) ** (1 / definition.norm);
}
