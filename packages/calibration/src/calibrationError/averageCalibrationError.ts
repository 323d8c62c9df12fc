import { type BinningScheme, defaultScheme } from "../binning/binningScheme.ts";
import { type BinTotals, binOutcomes } from "../binning/binOutcomes.ts";
import { classColumn, topLabelOutcomes } from "../binning/forecastOutcomes.ts";
import type { Forecasts } from "../predictions.ts";
import { requireChoice } from "../validation/requireChoice.ts";
import { requireForecasts } from "../validation/requirePredictions.ts";
import { binGap, binnedErrors } from "./binnedErrors.ts";

/**
 * What "ACE" stands for; three published measures share the name.
 *
 * `nixon`: adaptive, every class, equal mass, unweighted mean over classes and bins (Nixon 2019).
 * `netcal`: average, top label, equal width [lo, hi), unweighted mean over bins that are not empty (Neumann 2018).
 * `top-label-mass`: ECE of the top label with equal-mass bins, often called adaptive ECE (Mukhoti 2020).
 */
export type AverageCalibrationMeaning = "nixon" | "netcal" | "top-label-mass";

const meanings: Readonly<Record<AverageCalibrationMeaning, BinningScheme>> = {
  nixon: { ...defaultScheme, width: "equal-mass" },
  netcal: { ...defaultScheme, interval: "right-open" },
  "top-label-mass": { ...defaultScheme, width: "equal-mass" },
};

function meanGap(totals: BinTotals): number {
  let sum = 0;
  let filled = 0;
  for (let bin = 0; bin < totals.counts.length; bin++) {
    if (totals.counts[bin] === 0) continue;
    filled++;
    sum += Math.abs(binGap(totals, bin));
  }
  return sum / filled; // at least one example, hence at least one bin
}

/**
 * ACE by its named meaning: "average" or "adaptive" calibration error.
 *
 * Equal values stay in one bin, so equal mass can yield fewer bins than asked for; means are over bins that exist.
 *
 * @param forecasts - probabilities with the original hard labels
 * @param options - `meaning` names the definition and must be given; `bins` is 15 (default; netcal's own default is 10)
 * @returns the error, a fraction in [0, 1]
 * @throws {ArgumentError} when forecasts break a rule, the meaning is unknown or bins is not a positive integer
 * @see Nixon et al., "Measuring calibration in deep learning", 2019
 * @see Neumann, Zisserman, Vedaldi, "Relaxed softmax", 2018
 * @see Mukhoti et al., "Calibrating deep neural networks using focal loss", 2020
 */
export function averageCalibrationError(
  forecasts: Forecasts,
  options: { readonly meaning: AverageCalibrationMeaning; readonly bins?: number },
): number {
  const { meaning, bins = 15 } = options;
  const count = requireForecasts(forecasts);
  requireChoice("meaning", meaning, Object.keys(meanings));
  const scheme = { ...meanings[meaning], bins };
  if (meaning === "netcal") return meanGap(binOutcomes(topLabelOutcomes(forecasts), scheme));
  if (meaning === "top-label-mass") return binnedErrors(binOutcomes(topLabelOutcomes(forecasts), scheme)).ece;
  let sum = 0;
  for (let k = 0; k < forecasts.classCount; k++) sum += meanGap(binOutcomes(classColumn(forecasts, k, count), scheme));
  return sum / forecasts.classCount;
}
