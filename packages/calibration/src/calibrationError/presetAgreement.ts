import { topLabelOutcomes } from "../binning/forecastOutcomes.ts";
import { calibrationPresets, type PresetName } from "../binning/presets.ts";
import type { Forecasts } from "../predictions.ts";
import { noiseFloor } from "./noiseFloor.ts";
import { presetCalibrationError } from "./presetCalibrationError.ts";

/** How far published presets disagree about one set of forecasts. */
export interface PresetAgreement {
  /** The error by every preset, classwise ones included. */
  readonly errors: Readonly<Record<PresetName, number>>;
  /** Smallest error among the top-label ECE presets, which claim to measure the same thing. */
  readonly lowest: number;
  /** Largest error among them. */
  readonly highest: number;
  /** `highest - lowest`. */
  readonly spread: number;
  /** Fragility: `spread / highest`, in [0, 1]; 0 when all agree. A share of the reported number that is a choice of bins. */
  readonly fragility: number;
  /** The ECE a calibrated model would show (`default15`); a spread above it is more than noise. */
  readonly noiseFloor: number;
}

/**
 * Agreement between presets as a fragility figure: the same forecasts under every named preset.
 *
 * @param forecasts - probabilities with the original hard labels
 * @returns errors by preset, their spread and the fragility
 * @throws {ArgumentError} when the forecasts break a rule
 */
export function presetAgreement(forecasts: Forecasts): PresetAgreement {
  const names = Object.keys(calibrationPresets) as PresetName[];
  const entries = names.map((name) => [name, presetCalibrationError(forecasts, name)] as const);
  const comparable = entries
    .filter(([name]) => calibrationPresets[name].target === "top-label")
    .map(([, error]) => error);
  const lowest = Math.min(...comparable);
  const highest = Math.max(...comparable);
  return {
    errors: Object.fromEntries(entries) as Record<PresetName, number>,
    lowest,
    highest,
    spread: highest - lowest,
    fragility: highest === 0 ? 0 : (highest - lowest) / highest,
    noiseFloor: noiseFloor(topLabelOutcomes(forecasts)),
  };
}
