import { binOutcomes } from "./binning/binOutcomes.ts";
import { resolveScheme } from "./binning/presets.ts";
import { binnedErrors } from "./calibrationError/binnedErrors.ts";
import { brierSum } from "./classification/brierScore.ts";
import type { Predictions } from "./predictions.ts";
import { softmaxRows } from "./softmax/softmaxRows.ts";
import { compensatedSum } from "./statistics/sampleMoments.ts";

/** Scalar metrics of one set of predictions, always against the original hard labels. */
export interface Metrics {
  /** N, the number of examples. */
  readonly count: number;
  /** Share of right predictions. */
  readonly accuracy: number;
  /** Negative log-likelihood: mean of -ln p_y, in nats. */
  readonly nll: number;
  /** Brier score, summed over classes, in [0, 2]. */
  readonly brier: number;
  /** Expected calibration error, preset `default15` unless `bins` is given. */
  readonly ece: number;
  /** Mean confidence minus accuracy; positive means over-confident. */
  readonly signedGap: number;
  /** Mean largest probability. */
  readonly confidence: number;
  /** Mean entropy of the predicted distributions, in nats. */
  readonly entropy: number;
  /** Mean Euclidean norm of the logits as given, before any temperature. */
  readonly meanLogitNorm: number;
}

/** Options of {@link evaluate}. */
export interface EvaluateOptions {
  /** Divides the logits, above 0, 1 (default). Fit it on validation data with {@link fitTemperature}, never on test. */
  readonly temperature?: number;
  /** Number of equal-width bins of the calibration errors, 15 (default). */
  readonly bins?: number;
}

/**
 * Evaluates logits: accuracy, likelihood, Brier score and calibration from one pass over a softmax buffer.
 *
 * @param predictions - logits with the original hard labels (never smoothed targets)
 * @param options - temperature and bin count
 * @returns the metrics; never NaN
 * @throws {ArgumentError} when predictions or options break a rule
 * @example
 * ```ts
 * evaluate({ logits: [2, 0, 0, 2], labels: [0, 1], classCount: 2 }).accuracy; // 1
 * ```
 */
export function evaluate(predictions: Predictions, options: EvaluateOptions = {}): Metrics {
  const { temperature = 1, bins = 15 } = options;
  const rows = softmaxRows(predictions, temperature);
  const count = rows.confidences.length;
  const accuracy = compensatedSum(rows.outcomes) / count;
  const confidence = compensatedSum(rows.confidences) / count;
  const { labels, classCount } = predictions;
  return {
    count,
    accuracy,
    nll: compensatedSum(rows.losses) / count,
    brier: brierSum({ probabilities: rows.probabilities, labels, classCount }, count),
    ece: binnedErrors(binOutcomes(rows, resolveScheme({ bins }))).ece,
    signedGap: confidence - accuracy,
    confidence,
    entropy: compensatedSum(rows.entropies) / count,
    meanLogitNorm: compensatedSum(rows.logitNorms) / count,
  };
}
