import type { Outcomes } from "../predictions.ts";
import { requireOutcomes } from "../validation/requirePredictions.ts";

/**
 * Top-label Brier score: mean of `(confidence - outcome)^2`, in [0, 1].
 *
 * For binary forecasts this is Brier's score of one of the two classes, half of {@link brierScore}.
 *
 * @param outcomes - stated probabilities beside what happened
 * @returns the score; 0 is perfect
 * @throws {ArgumentError} when outcomes break a rule
 * @see Brier, "Verification of forecasts expressed in terms of probability", 1950
 */
export function topLabelBrierScore(outcomes: Outcomes): number {
  const count = requireOutcomes(outcomes);
  let sum = 0;
  for (let index = 0; index < count; index++) sum += (outcomes.confidences[index]! - outcomes.outcomes[index]!) ** 2;
  return sum / count;
}
