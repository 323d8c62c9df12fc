import { argmaxOfRow } from "../binning/forecastOutcomes.ts";
import { labelRank } from "../classification/topAccuracy.ts";
import type { Forecasts } from "../predictions.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { requireAllFinite, requireLength } from "../validation/requireArray.ts";
import { requireForecasts } from "../validation/requirePredictions.ts";

/** How far apart in a class hierarchy predictions and labels are. */
export interface HierarchicalDistance {
  /** Mean distance of wrong predictions from their labels: how bad mistakes are; `null` without a mistake. */
  readonly ofMistakes: number | null;
  /** Mean distance over all predictions, right ones count 0: mixes how often with how bad. */
  readonly ofPredictions: number;
  /** Mean distance of the k most probable classes from the label, over examples; k as given. */
  readonly atRank: number;
}

function requireDistances(distances: ArrayLike<number>, classCount: number): void {
  requireLength("distances", distances, classCount * classCount);
  requireAllFinite("distances", distances);
  for (let index = 0; index < distances.length; index++)
    if (distances[index]! < 0) throw new ArgumentError(`distances[${index}]`, "must be at least 0", distances[index]);
  for (let k = 0; k < classCount; k++)
    if (distances[k * classCount + k] !== 0)
      throw new ArgumentError(
        `distances[${k * classCount + k}]`,
        "must be 0 on the diagonal",
        distances[k * classCount + k],
      );
}

/**
 * Hierarchical distance of mistakes: mean tree distance between predicted and true class.
 *
 * With `distances` the heights of lowest common ancestors this is Bertinetto's mistake severity, and `atRank` the average
 * hierarchical distance at k. Compare with a random tree of the same shape before reading much into it.
 *
 * @param forecasts - probabilities with the original hard labels
 * @param distances - K x K, row-major, row = true class; 0 on the diagonal, 0 or more elsewhere
 * @param options - `k` of the ranked distance, an integer in 1..K, 1 (default)
 * @returns distances in the unit of the matrix
 * @throws {ArgumentError} when forecasts, distances or k break a rule
 * @see Bertinetto et al., "Making better mistakes", 2020
 */
export function hierarchicalDistance(
  forecasts: Forecasts,
  distances: ArrayLike<number>,
  options: { readonly k?: number } = {},
): HierarchicalDistance {
  const { k = 1 } = options;
  const count = requireForecasts(forecasts);
  const { probabilities, labels, classCount } = forecasts;
  requireDistances(distances, classCount);
  if (!(Number.isInteger(k) && k >= 1 && k <= classCount))
    throw new ArgumentError("k", `must be an integer in 1..${classCount}`, k);
  let sum = 0;
  let mistakes = 0;
  let ranked = 0;
  for (let row = 0; row < count; row++) {
    const toLabel = labels[row]! * classCount;
    const predicted = argmaxOfRow(probabilities, row, classCount);
    sum += distances[toLabel + predicted]!;
    if (predicted !== labels[row]) mistakes++;
    for (let other = 0; other < classCount; other++)
      if (labelRank(forecasts, row, other) < k) ranked += distances[toLabel + other]!;
  }
  return {
    ofMistakes: mistakes === 0 ? null : sum / mistakes,
    ofPredictions: sum / count,
    atRank: ranked / (count * k),
  };
}
