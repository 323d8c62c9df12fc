import { binChecked } from "./binning/binOutcomes.ts";
import { classColumn } from "./binning/forecastOutcomes.ts";
import { resolveScheme } from "./binning/presets.ts";
import { binnedErrors } from "./calibrationError/binnedErrors.ts";
import { binnedNoiseFloor } from "./calibrationError/noiseFloor.ts";
import { balancedAccuracy, macroF1 } from "./classification/classAverages.ts";
import { scoresOfPredictions } from "./classification/perClassScores.ts";
import { labelRank } from "./classification/topAccuracy.ts";
import { headlineOf, meanOf } from "./headlineMetrics.ts";
import type { Forecasts, Predictions } from "./predictions.ts";
import { riskCoverageAreas } from "./selective/riskCoverageAreas.ts";
import { type SoftmaxRows, softmaxRows } from "./softmax/softmaxRows.ts";

/** Metrics of one set of predictions, always against the original hard labels. Never NaN. */
export interface Metrics {
  /** N, the number of examples. */
  readonly count: number;
  /** Share of right predictions. */
  readonly accuracy: number;
  /** Share of examples whose label is among the 5 most probable classes; `null` for fewer than 6 classes. */
  readonly top5Accuracy: number | null;
  /** Mean recall over classes that occur in the labels. */
  readonly balancedAccuracy: number;
  /** Mean F1 over classes that occur in labels or predictions. */
  readonly macroF1: number;
  /** Recall per class, `null` for classes without examples: group it into head, medium and tail. */
  readonly perClassRecall: readonly (number | null)[];
  /** Negative log-likelihood: mean of -ln p_y, in nats. */
  readonly nll: number;
  /** Brier score, summed over classes, in [0, 2]. */
  readonly brier: number;
  /** Expected calibration error of the top label, preset `default15` unless `bins` is given. */
  readonly ece: number;
  /** Maximum calibration error over the same bins. */
  readonly mce: number;
  /** Root mean squared calibration error over the same bins. */
  readonly rmsce: number;
  /** ECE with as many equal-mass bins ("adaptive ECE"). */
  readonly adaptiveEce: number;
  /** Mean over classes of the ECE of p_k against [y = k]. */
  readonly classwiseEce: number;
  /** The ECE a calibrated model would show with these bins and counts: smaller differences mean nothing. */
  readonly noiseFloor: number;
  /** Mean confidence minus accuracy; positive means over-confident. */
  readonly signedGap: number;
  /** Mean largest probability. */
  readonly confidence: number;
  /** Mean entropy of the predicted distributions, in nats. */
  readonly entropy: number;
  /** Mean difference between the largest and second largest probability. */
  readonly margin: number;
  /** Mean Euclidean norm of the logits as given, before any temperature. */
  readonly meanLogitNorm: number;
  /** Area under the risk-coverage curve of maximum probability: mean of risks, ties in random order. */
  readonly aurc: number;
  /** `aurc` minus the asymptotic optimum at this accuracy. */
  readonly eAurc: number;
  /** Area under the generalised risk-coverage curve (Traub 2024). */
  readonly augrc: number;
}

/** Options of {@link evaluate}. */
export interface EvaluateOptions {
  /** Divides the logits, above 0, 1 (default). Fit it on validation data with {@link fitTemperature}, never on test. */
  readonly temperature?: number;
  /** Number of bins of the calibration errors, 15 (default). */
  readonly bins?: number;
}

function classificationMetrics(rows: SoftmaxRows, forecasts: Forecasts) {
  const { labels, classCount } = forecasts;
  const scores = scoresOfPredictions(rows.predicted, labels, classCount);
  let amongFive = 0;
  if (classCount > 5)
    for (let row = 0; row < labels.length; row++) if (labelRank(forecasts, row, labels[row]!) < 5) amongFive++;
  return {
    top5Accuracy: classCount > 5 ? amongFive / labels.length : null,
    balancedAccuracy: balancedAccuracy(scores),
    macroF1: macroF1(scores),
    perClassRecall: scores.map((score) => score.recall),
  };
}

function calibrationMetrics(rows: SoftmaxRows, forecasts: Forecasts, bins: number) {
  const scheme = resolveScheme({ bins });
  const adaptive = resolveScheme({ bins, width: "equal-mass" });
  let classwise = 0;
  for (let k = 0; k < forecasts.classCount; k++)
    classwise += binnedErrors(binChecked(classColumn(forecasts, k, rows.confidences.length), scheme)).ece;
  const totals = binChecked(rows, scheme);
  return {
    ...headlineOf(rows, forecasts, binnedErrors(totals)),
    adaptiveEce: binnedErrors(binChecked(rows, adaptive)).ece,
    classwiseEce: classwise / forecasts.classCount,
    noiseFloor: binnedNoiseFloor(totals),
    entropy: meanOf(rows.entropies),
    margin: meanOf(rows.margins),
  };
}

/**
 * Evaluates logits: accuracy, likelihood, Brier score, calibration and selective risk from one softmax buffer.
 *
 * One pass of N K exponentials, then O(N K) additions for the classwise bins and two sorts of N values; 10,000 x 10
 * logits move about 3 MB and take a few milliseconds.
 *
 * @param predictions - logits with the original hard labels (never smoothed targets)
 * @param options - temperature and bin count
 * @returns the metrics
 * @throws {ArgumentError} when predictions or options break a rule
 * @example
 * ```ts
 * evaluate({ logits: [2, 0, 0, 2], labels: [0, 1], classCount: 2 }).accuracy; // 1
 * ```
 */
export function evaluate(predictions: Predictions, options: EvaluateOptions = {}): Metrics {
  const { temperature = 1, bins = 15 } = options;
  const rows = softmaxRows(predictions, temperature);
  const { labels, classCount } = predictions;
  const forecasts: Forecasts = { probabilities: rows.probabilities, labels, classCount };
  const areas = riskCoverageAreas({ scores: rows.confidences, outcomes: rows.outcomes });
  return {
    count: labels.length,
    ...classificationMetrics(rows, forecasts),
    ...calibrationMetrics(rows, forecasts, bins),
    aurc: areas.aurc.mean,
    eAurc: areas.excessAurc,
    augrc: areas.augrc.trapezoidZeroOrigin,
  };
}
