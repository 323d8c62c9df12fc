import type { Forecasts } from "../predictions.ts";
import { requireForecasts } from "../validation/requirePredictions.ts";

function mapRows(forecasts: Forecasts, summary: (row: ArrayLike<number>) => number): Float64Array {
  const count = requireForecasts(forecasts);
  const { probabilities, classCount } = forecasts;
  const buffer = new Float64Array(classCount);
  return Float64Array.from({ length: count }, (_, row) => {
    for (let k = 0; k < classCount; k++) buffer[k] = probabilities[row * classCount + k]!;
    return summary(buffer);
  });
}

/**
 * Entropy of every forecast row, `-sum_k p_k ln p_k` in nats; `0 ln 0` is 0.
 *
 * @param forecasts - probabilities with labels
 * @returns N entropies, each in [0, ln K]
 * @throws {ArgumentError} when the forecasts break a rule
 * @see Shannon, "A mathematical theory of communication", 1948
 */
export function rowEntropies(forecasts: Forecasts): Float64Array {
  return mapRows(forecasts, (row) => {
    let sum = 0;
    for (let k = 0; k < row.length; k++) if (row[k]! > 0) sum -= row[k]! * Math.log(row[k]!);
    return Math.max(0, sum);
  });
}

/**
 * Margin of every forecast row: largest probability minus second largest.
 *
 * @param forecasts - probabilities with labels
 * @returns N margins in [0, 1]; 0 when the largest is tied
 * @throws {ArgumentError} when the forecasts break a rule
 */
export function rowMargins(forecasts: Forecasts): Float64Array {
  return mapRows(forecasts, (row) => {
    let first = 0;
    let second = 0;
    for (let k = 0; k < row.length; k++) {
      const value = row[k]!;
      if (value > first) {
        second = first;
        first = value;
      } else if (value > second) second = value;
    }
    return first - second;
  });
}
