import type { Forecasts } from "../predictions.ts";
import { requireForecasts } from "../validation/requirePredictions.ts";

/**
 * Brier score: mean over examples of the squared distance between the forecast row and the one-hot label.
 *
 * `mean_i sum_k (p_ik - [y_i = k])^2`, in [0, 2], summed over classes (not divided by K).
 *
 * @param forecasts - probabilities with the original hard labels
 * @returns the score; 0 is perfect
 * @throws {ArgumentError} when the forecasts break a rule
 * @see Brier, "Verification of forecasts expressed in terms of probability", 1950
 */
export function brierScore(forecasts: Forecasts): number {
  return brierSum(forecasts, requireForecasts(forecasts));
}

/** Brier score of checked forecasts; the inner loop of {@link brierScore}. */
export function brierSum(forecasts: Forecasts, count: number): number {
  const { probabilities, labels, classCount } = forecasts;
  let sum = 0;
  for (let row = 0; row < count; row++) {
    const start = row * classCount;
    for (let k = 0; k < classCount; k++) sum += probabilities[start + k]! ** 2;
    const stated = probabilities[start + labels[row]!]!;
    sum += (1 - stated) ** 2 - stated ** 2;
  }
  return sum / count;
}
