import cumulative from "@stdlib/stats-base-dists-t-cdf";
import quantile from "@stdlib/stats-base-dists-t-quantile";
import { requireOpenUnit, requirePositive } from "../validation/requireNumber.ts";

/**
 * Two-sided critical value of Student's t: the t with `P(|T| <= t) = level`.
 *
 * @param level - coverage in (0, 1), for example 0.95
 * @param degreesOfFreedom - above 0
 * @returns t above 0
 * @throws {ArgumentError} when an argument is out of range
 * @example
 * ```ts
 * studentTCritical(0.95, 4); // 2.776445105197794
 * ```
 */
export function studentTCritical(level: number, degreesOfFreedom: number): number {
  requireOpenUnit("level", level);
  requirePositive("degreesOfFreedom", degreesOfFreedom);
  return -quantile((1 - level) / 2, degreesOfFreedom);
}

/**
 * Two-sided p-value of Student's t: `P(|T| >= |t|)`.
 *
 * Taken from the lower tail, so that small p keep their digits.
 *
 * @param statistic - t, any number
 * @param degreesOfFreedom - above 0
 * @returns p in [0, 1]
 * @throws {ArgumentError} when an argument is out of range
 */
export function studentTPValue(statistic: number, degreesOfFreedom: number): number {
  requirePositive("degreesOfFreedom", degreesOfFreedom);
  return Math.min(1, 2 * cumulative(-Math.abs(statistic), degreesOfFreedom));
}
