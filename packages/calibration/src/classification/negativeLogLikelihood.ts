import type { Forecasts } from "../predictions.ts";
import { requireForecasts } from "../validation/requirePredictions.ts";

/**
 * Negative log-likelihood of probabilities: mean of `-ln p_y`, in nats, not clipped.
 *
 * Infinity when a true class was given probability 0: that is the value, not an error. From logits use
 * {@link evaluate}, which keeps the loss finite where a probability would underflow.
 *
 * @param forecasts - probabilities with the original hard labels
 * @returns the mean loss in nats, 0 or more
 * @throws {ArgumentError} when the forecasts break a rule
 * @see Good, "Rational decisions", 1952
 */
export function negativeLogLikelihood(forecasts: Forecasts): number {
  const count = requireForecasts(forecasts);
  const { probabilities, labels, classCount } = forecasts;
  let sum = 0;
  for (let row = 0; row < count; row++) sum -= Math.log(probabilities[row * classCount + labels[row]!]!);
  return sum / count;
}
