import cumulative from "@stdlib/stats-base-dists-t-cdf";
import quantile from "@stdlib/stats-base-dists-t-quantile";
import { ArgumentError } from "../validation/argumentError.ts";
import { requireNumber, requireOpenUnit } from "../validation/requireNumber.ts";

/**
 * Two-sided critical value of Student's t: the t with `P(|T| <= t) = level`.
 *
 * @param level - coverage in (0, 1), for example 0.95
 * @param degreesOfFreedom - at least 1, for example n - 1
 * @returns t above 0
 * @throws {ArgumentError} when an argument is out of range
 * @example
 * ```ts
 * studentTCritical(0.95, 4); // 2.776445105197794
 * ```
 * @see Student, "The probable error of a mean", Biometrika 1908
 */
export function studentTCritical(level: number, degreesOfFreedom: number): number {
  requireOpenUnit("level", level);
  requireDegreesOfFreedom(degreesOfFreedom);
  return -quantile((1 - level) / 2, degreesOfFreedom);
}

/**
 * Two-sided p-value of Student's t: `P(|T| >= |t|)`.
 *
 * Taken from the lower tail, so that small p keep their digits.
 *
 * @param statistic - t, any number or infinity
 * @param degreesOfFreedom - at least 1
 * @returns p in [0, 1]
 * @throws {ArgumentError} when an argument is out of range
 * @see Student, "The probable error of a mean", Biometrika 1908
 */
export function studentTPValue(statistic: number, degreesOfFreedom: number): number {
  requireNumber("statistic", statistic);
  requireDegreesOfFreedom(degreesOfFreedom);
  return Math.min(1, 2 * cumulative(-Math.abs(statistic), degreesOfFreedom));
}

function requireDegreesOfFreedom(degreesOfFreedom: number): void {
  if (!(Number.isFinite(degreesOfFreedom) && degreesOfFreedom >= 1))
    throw new ArgumentError("degreesOfFreedom", "must be a number of at least 1", degreesOfFreedom);
}
