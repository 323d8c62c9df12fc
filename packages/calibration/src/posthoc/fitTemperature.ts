import type { Predictions } from "../predictions.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { type TemperatureObjective, type TemperaturePoint, temperatureObjective } from "./temperatureObjective.ts";

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

/** Relative step at which the search stops; convergence is cubic, so what is left is far below rounding. */
const stepTolerance = 1e-8;
/** Longest step as a factor of 1/T: far from the optimum a step overshoots where the softmax is saturated. */
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

/** Where the root may lie; an end that was not looked at may still have to be the answer. */
interface Bracket {
  low: number;
  high: number;
  isLowTested: boolean;
  isHighTested: boolean;
}

/**
 * Newton's step, bent to Halley's (third order) where the two are near each other. Far from the root, where the softmax is
 * saturated, Halley's step can be short without the slope being small, and would look like convergence.
 */
function rootStep({ slope, curvature, skew }: TemperaturePoint): number {
  const newton = slope / curvature;
  const bend = (newton * skew) / (2 * curvature);
  return Math.abs(bend) < 0.5 ? newton / (1 - bend) : newton;
}

function nextInverse(inverse: number, step: number, bracket: Bracket): number {
  const proposal = Math.min(inverse * stepFactorMax, Math.max(inverse / stepFactorMax, inverse - step));
  if (proposal >= bracket.high && !bracket.isHighTested) return bracket.high;
  if (proposal <= bracket.low && !bracket.isLowTested) return bracket.low;
  if (proposal > bracket.low && proposal < bracket.high) return proposal;
  return Math.sqrt(bracket.low) * Math.sqrt(bracket.high);
}

/** Whether no number is left between the ends but for rounding: bisection has found the root. */
function isCollapsed({ low, high }: Bracket): boolean {
  return high - low <= 4 * Number.EPSILON * high;
}

/**
 * Root of the slope inside the bounds: Halley's method while it stays inside the bracket, geometric bisection otherwise;
 * a bound that is reached with the slope still pointing outwards is the answer. The last step is too short to change the
 * NLL by more than rounding, so the NLL of the last point looked at is that of the root.
 */
function searchInverse(objective: TemperatureObjective, { low, high }: { low: number; high: number }): Search {
  const bracket = { low, high, isLowTested: false, isHighTested: false };
  let inverse = Math.min(high, Math.max(low, 1));
  for (let iterations = 1; ; iterations++) {
    const point = objective.at(inverse);
    const { nll: nllAfter, slope } = point;
    if (inverse === high && slope <= 0) return { inverse, iterations, nllAfter, optimum: "lower-bound" };
    if (inverse === low && slope >= 0) return { inverse, iterations, nllAfter, optimum: "upper-bound" };
    if (slope < 0) Object.assign(bracket, { low: inverse, isLowTested: true });
    else Object.assign(bracket, { high: inverse, isHighTested: true });
    const step = slope === 0 ? 0 : rootStep(point);
    // a step this short is taken as it is: its end may miss the bracket by rounding
    if (Math.abs(step) <= stepTolerance * inverse || isCollapsed(bracket) || iterations === iterationsMax)
      return {
        inverse: Math.min(bracket.high, Math.max(bracket.low, inverse - step)),
        iterations,
        nllAfter,
        optimum: "interior",
      };
    inverse = nextInverse(inverse, step, bracket);
  }
}

function atBound(objective: TemperatureObjective, inverse: number, optimum: TemperatureOptimum): Search {
  return { inverse, iterations: 1, nllAfter: objective.at(inverse).nll, optimum };
}

function locate(objective: TemperatureObjective, bounds: { low: number; high: number }): Search {
  if (objective.isConstant) return atBound(objective, 1, "indeterminate");
  if (objective.slopeAtZero >= 0) return atBound(objective, bounds.low, "upper-bound");
  if (objective.slopeAtInfinity <= 0) return atBound(objective, bounds.high, "lower-bound");
  return searchInverse(objective, bounds);
}

/**
 * Fits the temperature of softmax(z / T) by minimum NLL **on validation data, never on test**.
 *
 * The NLL is convex in 1/T with slope `mean(E_p[z] - z_y)` and curvature `mean(Var_p(z))`. Newton's method on 1/T, with
 * Halley's correction near the root and a bracket around it, finds the one minimum, usually in 4 to 6 passes of N K
 * exponentials. The slopes at 1/T = 0 and at infinity say beforehand whether there is a minimum at all; if not, or if it
 * lies outside the bounds, the bound is
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
  const bounds = { low: 1 / temperatureMax, high: 1 / temperatureMin };
  const { inverse, optimum, iterations, nllAfter } = locate(objective, bounds);
  const temperature =
    { "upper-bound": temperatureMax, "lower-bound": temperatureMin }[optimum as string] ?? 1 / inverse;
  const { slopeAtZero, slopeAtInfinity } = objective;
  return { temperature, optimum, nllBefore: objective.at(1).nll, nllAfter, iterations, slopeAtZero, slopeAtInfinity };
}
