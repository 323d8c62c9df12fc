import type { PresetName } from "../binning/presets.ts";
import type { Forecasts } from "../predictions.ts";
import { calibrationError } from "./calibrationError.ts";

/**
 * Calibration error exactly as a named preset defines it: target, bins, norm and debiasing.
 *
 * See {@link calibrationError} for the formula, and to change one setting of a preset.
 *
 * @param forecasts - probabilities with the original hard labels
 * @param preset - name of the preset
 * @returns the error, a fraction in [0, 1]
 * @throws {ArgumentError} when the forecasts break a rule or the preset is unknown
 * @see Kumar, Liang, Ma, "Verified uncertainty calibration", 2019
 */
export function presetCalibrationError(forecasts: Forecasts, preset: PresetName): number {
  return calibrationError(forecasts, { preset });
}
