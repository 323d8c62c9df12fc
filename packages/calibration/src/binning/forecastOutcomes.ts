import type { Forecasts } from "../predictions.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { requireForecasts } from "../validation/requirePredictions.ts";

/** Outcomes with arrays of their own. */
export interface OutcomeArrays {
  readonly confidences: Float64Array;
  readonly outcomes: Uint8Array;
}

/** Index of the largest value of one row, ties to the lowest class index. */
export function argmaxOfRow(values: ArrayLike<number>, row: number, classCount: number): number {
  const start = row * classCount;
  let best = 0;
  for (let k = 1; k < classCount; k++) if (values[start + k]! > values[start + best]!) best = k;
  return best;
}

/**
 * Top-label view of forecasts: the largest probability of each row, and whether that class is the label.
 *
 * Ties go to the lowest class index. This is what "calibration" means in Guo 2017.
 *
 * @param forecasts - probabilities with the original hard labels
 * @returns N confidences and N outcomes
 * @throws {ArgumentError} when the forecasts break a rule
 * @see Guo et al., "On calibration of modern neural networks", 2017
 */
export function topLabelOutcomes(forecasts: Forecasts): OutcomeArrays {
  const count = requireForecasts(forecasts);
  const { probabilities, labels, classCount } = forecasts;
  const confidences = new Float64Array(count);
  const outcomes = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const predicted = argmaxOfRow(probabilities, row, classCount);
    confidences[row] = probabilities[row * classCount + predicted]!;
    outcomes[row] = predicted === labels[row] ? 1 : 0;
  }
  return { confidences, outcomes };
}

/**
 * View of forecasts for one class: its probability in each row, and whether it is the label.
 *
 * @param forecasts - probabilities with the original hard labels
 * @param classIndex - in 0..K-1
 * @returns N confidences and N outcomes
 * @throws {ArgumentError} when the forecasts break a rule or the class is out of range
 * @see Kull et al., "Beyond temperature scaling", 2019
 */
export function classOutcomes(forecasts: Forecasts, classIndex: number): OutcomeArrays {
  const count = requireForecasts(forecasts);
  if (!(Number.isInteger(classIndex) && classIndex >= 0 && classIndex < forecasts.classCount))
    throw new ArgumentError("classIndex", `must be an integer in 0..${forecasts.classCount - 1}`, classIndex);
  return classColumn(forecasts, classIndex, count);
}

/** {@link classOutcomes} of checked forecasts; one strided read of N probabilities. */
export function classColumn(forecasts: Forecasts, classIndex: number, count: number): OutcomeArrays {
  const { probabilities, labels, classCount } = forecasts;
  const confidences = new Float64Array(count);
  const outcomes = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    confidences[row] = probabilities[row * classCount + classIndex]!;
    outcomes[row] = labels[row] === classIndex ? 1 : 0;
  }
  return { confidences, outcomes };
}
