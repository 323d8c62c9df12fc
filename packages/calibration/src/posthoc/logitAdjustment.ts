import { argmaxOfRow } from "../binning/forecastOutcomes.ts";
import { balancedAccuracy } from "../classification/classAverages.ts";
import { scoresOfPredictions } from "../classification/perClassScores.ts";
import type { Predictions } from "../predictions.ts";
import { requireLength, requireNotEmpty } from "../validation/requireArray.ts";
import { requireFinite, requirePositive } from "../validation/requireNumber.ts";
import { requirePredictions } from "../validation/requirePredictions.ts";

/**
 * Post-hoc logit adjustment: `z_k - tau ln(prior_k)`, which moves decisions from frequent to rare classes.
 *
 * tau = 1 is consistent for balanced error when the model is calibrated to the prior; label smoothing breaks that (it
 * caps the logits), so choose tau on validation ({@link fitLogitAdjustment}).
 *
 * @param predictions - logits with labels
 * @param prior - K class frequencies above 0 (counts or shares: a common factor changes nothing but a constant)
 * @param tau - strength, any finite number, 1 (default)
 * @returns predictions with adjusted logits and the same labels
 * @throws {ArgumentError} when predictions, prior or tau break a rule
 * @see Menon et al., "Long-tail learning via logit adjustment", 2021
 */
export function adjustLogits(predictions: Predictions, prior: ArrayLike<number>, tau = 1): Predictions {
  requirePredictions(predictions);
  requireFinite("tau", tau);
  const { logits, labels, classCount } = predictions;
  requireLength("prior", prior, classCount);
  const offsets = Array.from(prior, (share, k) => tau * Math.log(requirePositive(`prior[${k}]`, share)));
  const adjusted = Float64Array.from(logits, (logit, index) => logit - offsets[index % classCount]!);
  return { logits: adjusted, labels, classCount };
}

/** A logit adjustment chosen on validation data. */
export interface LogitAdjustmentFit {
  /** The chosen strength. */
  readonly tau: number;
  /** Validation balanced accuracy at tau = 0. */
  readonly balancedAccuracyBefore: number;
  /** Validation balanced accuracy at the chosen tau. */
  readonly balancedAccuracyAfter: number;
}

/**
 * Chooses the tau of {@link adjustLogits} with the best balanced accuracy **on validation data, never on test**.
 *
 * Balanced accuracy is a step function of tau, so a grid is searched; ties go to the tau nearest 0.
 *
 * @param validation - logits and hard labels held out from training and test
 * @param prior - K training class frequencies above 0
 * @param taus - candidates, 0 to 2 in steps of 0.25 (default)
 * @returns tau with balanced accuracy before and after
 * @throws {ArgumentError} when predictions, prior or candidates break a rule
 * @see Menon et al., "Long-tail learning via logit adjustment", 2021
 */
export function fitLogitAdjustment(
  validation: Predictions,
  prior: ArrayLike<number>,
  taus: readonly number[] = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2],
): LogitAdjustmentFit {
  requireNotEmpty("taus", taus);
  const { labels, classCount } = validation;
  const scoreAt = (tau: number): number => {
    const { logits } = adjustLogits(validation, prior, tau);
    const predicted = Int32Array.from(labels, (_, row) => argmaxOfRow(logits, row, classCount));
    return balancedAccuracy(scoresOfPredictions(predicted, labels, classCount));
  };
  const nearestFirst = [...taus].sort((a, b) => Math.abs(a) - Math.abs(b));
  const tried = nearestFirst.map((tau) => ({ tau, score: scoreAt(tau) }));
  const best = tried.reduce((top, next) => (next.score > top.score ? next : top));
  return { tau: best.tau, balancedAccuracyBefore: scoreAt(0), balancedAccuracyAfter: best.score };
}
