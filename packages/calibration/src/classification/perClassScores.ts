import { argmaxOfRow } from "../binning/forecastOutcomes.ts";
import type { Forecasts } from "../predictions.ts";
import { requireForecasts } from "../validation/requirePredictions.ts";

/** Recall, precision and F1 of one class. */
export interface ClassScore {
  /** Examples with this label. */
  readonly support: number;
  /** Examples predicted as this class. */
  readonly predicted: number;
  /** Share of its examples that were found; `null` when the class does not occur in the labels. */
  readonly recall: number | null;
  /** Share of its predictions that were right; `null` when it was never predicted. */
  readonly precision: number | null;
  /** `2 hits / (support + predicted)`; `null` when the class occurs in neither labels nor predictions. */
  readonly f1: number | null;
}

/** Per-class counts to scores; shared by probabilities and logits. */
export function scoresOfPredictions(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  classCount: number,
): ClassScore[] {
  const support = new Float64Array(classCount);
  const guesses = new Float64Array(classCount);
  const hits = new Float64Array(classCount);
  for (let row = 0; row < labels.length; row++) {
    support[labels[row]!]! += 1;
    guesses[predicted[row]!]! += 1;
    if (predicted[row] === labels[row]) hits[labels[row]!]! += 1;
  }
  return Array.from({ length: classCount }, (_, k) => {
    const both = support[k]! + guesses[k]!;
    return {
      support: support[k]!,
      predicted: guesses[k]!,
      recall: support[k] === 0 ? null : hits[k]! / support[k]!,
      precision: guesses[k] === 0 ? null : hits[k]! / guesses[k]!,
      f1: both === 0 ? null : (2 * hits[k]!) / both,
    };
  });
}

/**
 * Recall, precision, F1 and counts of every class.
 *
 * @param forecasts - probabilities with the original hard labels; the prediction is the largest probability, ties to
 *   the lowest class index
 * @returns K scores, in class order
 * @throws {ArgumentError} when the forecasts break a rule
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.metrics.precision_recall_fscore_support.html
 */
export function perClassScores(forecasts: Forecasts): ClassScore[] {
  const count = requireForecasts(forecasts);
  const { probabilities, labels, classCount } = forecasts;
  const predicted = Int32Array.from({ length: count }, (_, row) => argmaxOfRow(probabilities, row, classCount));
  return scoresOfPredictions(predicted, labels, classCount);
}
