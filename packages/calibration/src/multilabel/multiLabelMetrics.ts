import type { BinningOptions } from "../binning/presets.ts";
import { expectedCalibrationError } from "../calibrationError/expectedCalibrationError.ts";
import { requireOpenUnit } from "../validation/requireNumber.ts";
import { type MultiLabelForecasts, requireMultiLabel } from "./multiLabelForecasts.ts";

/** Metrics of binary forecasts of one label, or pooled over labels. */
export interface BinaryMetrics {
  /** Share of positives in the labels. */
  readonly baseRate: number;
  /** Mean probability minus base rate; positive: too many positives are forecast. */
  readonly signedGap: number;
  /** Binary ECE: P(y = 1) against the label (not the top-label ECE). */
  readonly ece: number;
  /** Binary cross entropy in nats; Infinity when a certain forecast was wrong. */
  readonly nll: number;
  /** Mean (p - y)^2, in [0, 1]. */
  readonly brier: number;
  /** Share of decisions `p >= threshold` that are right. */
  readonly accuracy: number;
  /** `null` when nothing was predicted positive. */
  readonly precision: number | null;
  /** `null` without positives. */
  readonly recall: number | null;
  /** `2 hits / (positives + predicted)`; `null` without either. */
  readonly f1: number | null;
}

/** Metrics per label, averaged over labels, and pooled over all decisions. */
export interface MultiLabelMetrics {
  /** One entry per label. */
  readonly perLabel: readonly BinaryMetrics[];
  /** Unweighted mean over labels; undefined values are left out, `null` when no label has one. */
  readonly macro: BinaryMetrics;
  /** All N x L decisions as one binary problem. */
  readonly micro: BinaryMetrics;
  /** Share of examples with every label right. */
  readonly exactMatch: number;
}

/** Options of {@link multiLabelMetrics}. */
export interface MultiLabelOptions extends BinningOptions {
  /** Probability from which a label counts as predicted, in (0, 1), 0.5 (default). */
  readonly threshold?: number;
}

interface Binary {
  readonly confidences: Float64Array;
  readonly outcomes: Float64Array;
}

function binaryMetrics({ confidences, outcomes }: Binary, threshold: number, binning: BinningOptions): BinaryMetrics {
  const count = confidences.length;
  const sums = { positives: 0, stated: 0, squares: 0, loss: 0, predicted: 0, hits: 0 };
  for (let index = 0; index < count; index++) {
    const [p, y] = [confidences[index]!, outcomes[index]!];
    sums.positives += y;
    sums.stated += p;
    sums.squares += (p - y) ** 2;
    sums.loss -= y === 1 ? Math.log(p) : Math.log1p(-p);
    if (p < threshold) continue;
    sums.predicted++;
    sums.hits += y;
  }
  const { positives, predicted, hits } = sums;
  return {
    baseRate: positives / count,
    signedGap: (sums.stated - positives) / count,
    ece: expectedCalibrationError({ confidences, outcomes }, binning),
    nll: sums.loss / count,
    brier: sums.squares / count,
    accuracy: (count - positives - predicted + 2 * hits) / count,
    precision: predicted === 0 ? null : hits / predicted,
    recall: positives === 0 ? null : hits / positives,
    f1: positives + predicted === 0 ? null : (2 * hits) / (positives + predicted),
  };
}

function averageOf(perLabel: readonly BinaryMetrics[]): BinaryMetrics {
  const names = Object.keys(perLabel[0]!) as (keyof BinaryMetrics)[];
  const entries = names.map((name) => {
    const values = perLabel.map((metrics) => metrics[name]).filter((value) => value !== null);
    return [name, values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length];
  });
  return Object.fromEntries(entries) as BinaryMetrics;
}

function exactMatches(
  { probabilities, labels, labelCount }: MultiLabelForecasts,
  count: number,
  threshold: number,
): number {
  let matches = 0;
  for (let row = 0; row < count; row++) {
    let isMatch = true;
    for (let index = row * labelCount; index < (row + 1) * labelCount; index++)
      if ((probabilities[index]! >= threshold ? 1 : 0) !== labels[index]) isMatch = false;
    if (isMatch) matches++;
  }
  return matches;
}

/**
 * Calibration and classification metrics of multi-label forecasts: per label, macro and micro.
 *
 * Each label is a binary forecast P(y = 1), so the ECE here is the binary one. Uniform smoothing pulls every P towards a
 * half and shows as a signed gap of about `s (1/2 - base rate)`.
 *
 * @param forecasts - N x L probabilities with hard 0/1 labels
 * @param options - threshold of decisions and binning
 * @returns metrics per label, their mean, pooled, and the exact-match share
 * @throws {ArgumentError} when forecasts or options break a rule
 * @see Tsoumakas, Katakis, "Multi-label classification: an overview", 2007
 */
export function multiLabelMetrics(forecasts: MultiLabelForecasts, options: MultiLabelOptions = {}): MultiLabelMetrics {
  const { threshold = 0.5, ...binning } = options;
  requireOpenUnit("threshold", threshold);
  const count = requireMultiLabel(forecasts);
  const { probabilities, labels, labelCount } = forecasts;
  const column = (values: ArrayLike<number>, label: number) =>
    Float64Array.from({ length: count }, (_, row) => values[row * labelCount + label]!);
  const perLabel = Array.from({ length: labelCount }, (_, label) =>
    binaryMetrics({ confidences: column(probabilities, label), outcomes: column(labels, label) }, threshold, binning),
  );
  const pooled = { confidences: Float64Array.from(probabilities), outcomes: Float64Array.from(labels) };
  return {
    perLabel,
    macro: averageOf(perLabel),
    micro: binaryMetrics(pooled, threshold, binning),
    exactMatch: exactMatches(forecasts, count, threshold) / count,
  };
}
