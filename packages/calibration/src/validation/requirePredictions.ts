import type { Forecasts, Outcomes, Predictions } from "../predictions.ts";
import { ArgumentError } from "./argumentError.ts";
import {
  requireAllBinary,
  requireAllFinite,
  requireAllIndices,
  requireAllUnit,
  requireLength,
  requireNotEmpty,
} from "./requireArray.ts";

/**
 * How far the sum of a row of K probabilities may be off 1: half a thousandth each (tables of three decimals), at least
 * 0.001 (half-precision storage) and at most 0.01; more means that the input is not probabilities.
 */
function rowSumTolerance(classCount: number): number {
  return Math.min(0.01, Math.max(0.001, 0.0005 * classCount));
}

/** Rounding of the sum itself: rows of decimals may miss 1 by exactly the tolerance. */
const rowSumRounding = 1e-12;

function requireClasses(labels: ArrayLike<number>, classCount: number): number {
  if (!(Number.isInteger(classCount) && classCount >= 2))
    throw new ArgumentError("classCount", "must be an integer of at least 2", classCount);
  const count = requireNotEmpty("labels", labels);
  requireAllIndices("labels", labels, classCount);
  return count;
}

/**
 * Checks logits, labels and class count against each other.
 *
 * @returns N, the number of examples
 * @throws {ArgumentError} empty set, K below 2, wrong length, logit that is not finite, label out of range
 */
export function requirePredictions(predictions: Predictions): number {
  const count = requireClasses(predictions.labels, predictions.classCount);
  requireLength("logits", predictions.logits, count * predictions.classCount);
  requireAllFinite("logits", predictions.logits);
  return count;
}

/**
 * Checks probabilities, labels and class count against each other.
 *
 * @returns N, the number of examples
 * @throws {ArgumentError} empty set, K below 2, wrong length, value outside [0, 1], row sum off 1, label out of range
 */
export function requireForecasts(forecasts: Forecasts): number {
  const { probabilities, labels, classCount } = forecasts;
  const count = requireClasses(labels, classCount);
  requireLength("probabilities", probabilities, count * classCount);
  requireAllUnit("probabilities", probabilities);
  const tolerance = rowSumTolerance(classCount);
  for (let row = 0; row < count; row++) {
    let sum = 0;
    for (let index = row * classCount; index < (row + 1) * classCount; index++) sum += probabilities[index]!;
    if (Math.abs(sum - 1) > tolerance + rowSumRounding)
      throw new ArgumentError(`probabilities row ${row}`, `must sum to 1 within ${tolerance}`, sum);
  }
  return count;
}

/**
 * Checks confidences and outcomes against each other.
 *
 * @returns N, the number of examples
 * @throws {ArgumentError} empty set, wrong length, confidence outside [0, 1], outcome other than 0 and 1
 */
export function requireOutcomes(outcomes: Outcomes): number {
  const count = requireNotEmpty("confidences", outcomes.confidences);
  requireLength("outcomes", outcomes.outcomes, count);
  requireAllUnit("confidences", outcomes.confidences);
  requireAllBinary("outcomes", outcomes.outcomes);
  return count;
}
