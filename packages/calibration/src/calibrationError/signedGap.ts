import type { Outcomes } from "../predictions.ts";
import { compensatedSum } from "../statistics/sampleMoments.ts";
import { requireOutcomes } from "../validation/requirePredictions.ts";

/**
 * Signed gap: mean confidence minus the share of events that happened.
 *
 * Positive means over-confident, negative under-confident. Label smoothing flips its sign; its absolute value is a
 * lower bound of the ECE for any bins that drop nothing.
 *
 * @param outcomes - stated probabilities beside what happened
 * @returns the gap in [-1, 1]
 * @throws {ArgumentError} when outcomes break a rule
 */
export function signedGap(outcomes: Outcomes): number {
  const count = requireOutcomes(outcomes);
  return compensatedSum(outcomes.confidences) / count - compensatedSum(outcomes.outcomes) / count;
}
