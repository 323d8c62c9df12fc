import type { Forecasts } from "../predictions.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { requireForecasts } from "../validation/requirePredictions.ts";

/**
 * Share of examples whose label ranks among the k most probable classes; ties rank the lower class index first.
 *
 * @param forecasts - probabilities with the original hard labels
 * @param k - how many classes count, an integer in 1..K
 * @returns the share in [0, 1]; 1 for k = K
 * @throws {ArgumentError} when the forecasts break a rule or k is out of range
 */
export function topAccuracy(forecasts: Forecasts, k: number): number {
  const count = requireForecasts(forecasts);
  const { labels, classCount } = forecasts;
  if (!(Number.isInteger(k) && k >= 1 && k <= classCount))
    throw new ArgumentError("k", `must be an integer in 1..${classCount}`, k);
  let hits = 0;
  for (let row = 0; row < count; row++) if (labelRank(forecasts, row, labels[row]!) < k) hits++;
  return hits / count;
}

/** Rank of a class in one row of checked forecasts, 0 for the first; ties rank the lower class index first. */
export function labelRank({ probabilities, classCount }: Forecasts, row: number, label: number): number {
  const start = row * classCount;
  const own = probabilities[start + label]!;
  let rank = 0;
  for (let k = 0; k < classCount; k++) {
    const value = probabilities[start + k]!;
    if (value > own || (value === own && k < label)) rank++;
  }
  return rank;
}
