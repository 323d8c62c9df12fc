import type { Predictions } from "../predictions.ts";
import { requirePredictions } from "../validation/requirePredictions.ts";

/** Mean NLL as a function of the inverse temperature b = 1 / T, with its first three derivatives. */
export interface TemperaturePoint {
  /** Mean negative log-likelihood in nats. */
  readonly nll: number;
  /** d nll / d b = mean of (E_p[z] - z_y). */
  readonly slope: number;
  /** d^2 nll / d b^2 = mean of Var_p(z), never negative: the NLL is convex in b. */
  readonly curvature: number;
  /** d^3 nll / d b^3 = mean third central moment of z under p. */
  readonly skew: number;
}

/** Logits prepared for many evaluations at different temperatures. */
export interface TemperatureObjective {
  /** Evaluates at inverse temperature b; one exponential and five multiply-adds per logit. */
  readonly at: (inverseTemperature: number) => TemperaturePoint;
  /** d nll / d b at b = 0: mean of (row mean - z_y). At or above 0, T goes to infinity. */
  readonly slopeAtZero: number;
  /** d nll / d b for b to infinity: mean of (row maximum - z_y). At 0, T goes to 0. */
  readonly slopeAtInfinity: number;
  /** True when every row has equal logits: the NLL is ln K whatever T. */
  readonly isConstant: boolean;
}

/** Shifted logits below this are cut off: their exponential is 0 anyway, and their cube must stay finite. */
const shiftedMin = -1e100;

/** A slope at 0 this small against the spread of the logits is rounding noise: numbers that cancel in exact arithmetic. */
const slopeNoise = 1e-14;

interface ShiftedLogits {
  /** N x K logits minus their row maximum. */
  readonly shifted: Float64Array;
  /** N shifted logits of the true class. */
  readonly truth: Float64Array;
}

function shiftRows(predictions: Predictions, count: number): ShiftedLogits {
  const { logits, labels, classCount } = predictions;
  const shifted = new Float64Array(logits.length);
  const truth = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const start = row * classCount;
    let largest = logits[start]!;
    for (let k = 1; k < classCount; k++) largest = Math.max(largest, logits[start + k]!);
    for (let k = 0; k < classCount; k++) shifted[start + k] = Math.max(shiftedMin, logits[start + k]! - largest);
    truth[row] = shifted[start + labels[row]!]!;
  }
  return { shifted, truth };
}

function evaluateAt({ shifted, truth }: ShiftedLogits, classCount: number, inverse: number): TemperaturePoint {
  let nll = 0;
  let slope = 0;
  let curvature = 0;
  let skew = 0;
  for (let row = 0, index = 0; row < truth.length; row++) {
    let total = 0;
    let first = 0;
    let second = 0;
    let third = 0;
    for (const end = index + classCount; index < end; index++) {
      const value = shifted[index]!;
      const term = Math.exp(value * inverse);
      total += term;
      const weighted = term * value;
      first += weighted;
      second += weighted * value;
      third += weighted * value * value;
    }
    const expected = first / total;
    nll += Math.log(total) - truth[row]! * inverse;
    slope += expected - truth[row]!;
    const variance = second / total - expected * expected;
    curvature += variance;
    skew += third / total - 3 * expected * variance - expected ** 3;
  }
  const count = truth.length;
  return { nll: nll / count, slope: slope / count, curvature: Math.max(0, curvature / count), skew: skew / count };
}

function endSlopes(
  { shifted, truth }: ShiftedLogits,
  classCount: number,
): Pick<TemperatureObjective, "slopeAtZero" | "slopeAtInfinity"> {
  let atZero = 0;
  let atInfinity = 0;
  let spread = 0;
  for (let row = 0, index = 0; row < truth.length; row++) {
    let sum = 0;
    for (const end = index + classCount; index < end; index++) sum += shifted[index]!;
    atZero += sum / classCount - truth[row]!;
    atInfinity -= truth[row]!;
    spread -= sum / classCount;
  }
  if (Math.abs(atZero) <= slopeNoise * spread) atZero = 0;
  return { slopeAtZero: atZero / truth.length, slopeAtInfinity: atInfinity === 0 ? 0 : atInfinity / truth.length };
}

/**
 * Prepares the mean NLL of softmax(z / T) for fitting T.
 *
 * @param validation - logits and hard labels of validation examples
 * @returns the objective with its slopes at both ends
 * @throws {ArgumentError} when the predictions break a rule
 */
export function temperatureObjective(validation: Predictions): TemperatureObjective {
  const rows = shiftRows(validation, requirePredictions(validation));
  const { classCount } = validation;
  let atOne: TemperaturePoint | undefined; // T = 1 is asked for as the start, as a bound check and as the NLL before
  const at = (inverse: number): TemperaturePoint => {
    if (inverse !== 1) return evaluateAt(rows, classCount, inverse);
    atOne ??= evaluateAt(rows, classCount, 1);
    return atOne;
  };
  return {
    at,
    ...endSlopes(rows, classCount),
    isConstant: rows.shifted.every((value) => value === 0),
  };
}
