import type { Predictions } from "../predictions.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { type TemperatureObjective, temperatureObjective } from "./temperatureObjective.ts";

/** Where the best temperature lies. */
export type TemperatureOptimum = "interior" | "upper-bound" | "lower-bound" | "indeterminate";

/** A temperature fitted on validation data. */
export interface TemperatureFit {
  /** T, no unit; above 1 softens. */
  readonly temperature: number;
  /**
   * `interior`: the true minimum. `upper-bound`: the NLL still falls as T grows (predictions worse than none).
   * `lower-bound`: it still falls as T shrinks (every label has the largest logit). `indeterminate`: every row has
   * equal logits, T = 1 is kept.
   */
  readonly optimum: TemperatureOptimum;
  /** Validation NLL at T = 1, in nats. */
  readonly nllBefore: number;
  /** Validation NLL at the fitted T, in nats. */
  readonly nllAfter: number;
  /** Steps that the search took. */
  readonly iterations: number;
  /** d NLL / d(1/T) at 1/T = 0. */
  readonly slopeAtZero: number;
  /** d NLL / d(1/T) for 1/T to infinity; 0 when no label is below its row maximum. */
  readonly slopeAtInfinity: number;
}

/** Options of {@link fitTemperature}. */
export interface TemperatureOptions {
  /** Smallest temperature allowed, at least 1e-100, 0.01 (default). */
  readonly temperatureMin?: number;
  /** Largest temperature allowed, from the smallest to 1e100, 100 (default). */
  readonly temperatureMax?: number;
}

/** Relative step at which Newton stops; the step after it is exact to rounding, as convergence is quadratic. */
const stepTolerance = 1e-8;
/** Longest step as a factor of 1/T: Newton far from the optimum overshoots where the softmax is saturated. */
const stepFactorMax = 8;
const iterationsMax = 200;
/** Bounds beyond these would overflow 1/T times a logit. */
const boundMin = 1e-100;
const boundMax = 1e100;

interface Search {
  readonly inverse: number;
  readonly iterations: number;
  readonly nllAfter: number;
  readonly optimum: TemperatureOptimum;
}

interface Bracket {
  low: number;
  high: number;
}

function nextInverse(inverse: number, step: number, bracket: Bracket): number {
  const newton = Math.min(inverse * stepFactorMax, Math.max(inverse / stepFactorMax, inverse - step));
  if (newton > bracket.low && newton < bracket.high) return newton;
  return Math.sqrt(bracket.low) * Math.sqrt(bracket.high);
}

/**
 * Root of the slope inside a bracket: Newton while it stays inside, geometric bisection otherwise. The last step is too
 * short to change the NLL by more than rounding, so the NLL of the last point looked at is that of the root.
 */
function searchInverse(objective: TemperatureObjective, start: number, bracket: Bracket): Search {
  let inverse = start;
  for (let iterations = 1; ; iterations++) {
    const { nll, slope, curvature } = objective.at(inverse);
    if (slope < 0) bracket.low = inverse;
    else bracket.high = inverse;
    const next = slope === 0 ? inverse : nextInverse(inverse, curvature > 0 ? slope / curvature : Number.NaN, bracket);
    const isDone = Math.abs(next - inverse) <= stepTolerance * inverse || iterations === iterationsMax;
    inverse = next;
    if (isDone) return { inverse, iterations, nllAfter: nll, optimum: "interior" };
  }
}

function atBound(objective: TemperatureObjective, inverse: number, optimum: TemperatureOptimum): Search {
  return { inverse, iterations: 1, nllAfter: objective.at(inverse).nll, optimum };
}

function locate(objective: TemperatureObjective, bracket: Bracket): Search {
  const { low, high } = bracket;
  if (objective.isConstant) return atBound(objective, 1, "indeterminate");
  if (objective.slopeAtZero >= 0) return atBound(objective, low, "upper-bound");
  if (objective.slopeAtInfinity <= 0) return atBound(objective, high, "lower-bound");
  const start = Math.min(high, Math.max(low, 1));
  if (objective.at(start).slope < 0) {
    if (objective.at(high).slope <= 0) return atBound(objective, high, "lower-bound");
  } else if (objective.at(low).slope >= 0) return atBound(objective, low, "upper-bound");
  return searchInverse(objective, start, bracket);
}

/**
 * Fits the temperature of softmax(z / T) by minimum NLL **on validation data, never on test**.
 *
 * The NLL is convex in 1/T with slope `mean(E_p[z] - z_y)` and curvature `mean(Var_p(z))`, so Newton's method on 1/T
 * inside a bracket finds the one minimum, usually in 5 to 8 passes of N K exponentials. The slopes at 1/T = 0 and
 * at infinity say beforehand whether there is a minimum at all; if not, or if it lies outside the bounds, the bound is
 * returned and named.
 *
 * @param validation - logits and original hard labels of examples held out from training and from test
 * @param options - bounds of T
 * @returns the temperature, where it lies, and the NLL before and after
 * @throws {ArgumentError} when predictions or bounds break a rule
 * @example
 * ```ts
 * const fit = fitTemperature(validation);
 * const calibrated = evaluate(test, { temperature: fit.temperature });
 * ```
 * @see Guo, Pleiss, Sun, Weinberger, "On calibration of modern neural networks", 2017
 */
export function fitTemperature(validation: Predictions, options: TemperatureOptions = {}): TemperatureFit {
  const { temperatureMin = 0.01, temperatureMax = 100 } = options;
  if (!(temperatureMin >= boundMin && temperatureMin <= boundMax))
    throw new ArgumentError("temperatureMin", `must be in [${boundMin}, ${boundMax}]`, temperatureMin);
  if (!(temperatureMax <= boundMax))
    throw new ArgumentError("temperatureMax", `must be in [${boundMin}, ${boundMax}]`, temperatureMax);
  if (temperatureMax < temperatureMin)
    throw new ArgumentError("temperatureMax", `must be at least temperatureMin ${temperatureMin}`, temperatureMax);
  const objective = temperatureObjective(validation);
  const bracket = { low: 1 / temperatureMax, high: 1 / temperatureMin };
  const { inverse, optimum, iterations, nllAfter } = locate(objective, bracket);
  const temperature =
    { "upper-bound": temperatureMax, "lower-bound": temperatureMin }[optimum as string] ?? 1 / inverse;
  const { slopeAtZero, slopeAtInfinity } = objective;
  return { temperature, optimum, nllBefore: objective.at(1).nll, nllAfter, iterations, slopeAtZero, slopeAtInfinity };
}
