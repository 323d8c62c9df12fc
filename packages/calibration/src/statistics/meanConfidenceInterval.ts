import { requireOpenUnit } from "../validation/requireNumber.ts";
import { mean, standardDeviation } from "./sampleMoments.ts";
import { studentTCritical } from "./studentT.ts";

/** A mean with its t interval; the interval is `null` where one value shows no spread. */
export interface MeanInterval {
  readonly mean: number;
  /** Lower end, `null` when n = 1. */
  readonly low: number | null;
  /** Upper end, `null` when n = 1. */
  readonly high: number | null;
  /** Sample standard deviation (n - 1), `null` when n = 1. */
  readonly sd: number | null;
  /** Number of values. */
  readonly n: number;
}

/**
 * Mean of a sample with a two-sided Student t confidence interval, `mean +- t sd / sqrt(n)` with n - 1 degrees of freedom.
 *
 * Without spread the interval is the point itself. One value has no interval: low, high and sd are `null`.
 *
 * @param values - at least one finite number, for example one metric over seeds
 * @param level - coverage in (0, 1), 0.95 (default)
 * @returns mean, ends, standard deviation and count
 * @throws {ArgumentError} when empty, not finite, or the level is out of range
 * @example
 * ```ts
 * meanConfidenceInterval([1, 2, 3]); // { mean: 2, low: -0.484..., high: 4.484..., sd: 1, n: 3 }
 * ```
 * @see Student, "The probable error of a mean", Biometrika 1908
 */
export function meanConfidenceInterval(values: readonly number[], level = 0.95): MeanInterval {
  requireOpenUnit("level", level);
  const centre = mean(values);
  const sd = standardDeviation(values);
  const n = values.length;
  if (sd === null) return { mean: centre, low: null, high: null, sd, n };
  const half = sd === 0 ? 0 : (studentTCritical(level, n - 1) * sd) / Math.sqrt(n);
  return { mean: centre, low: centre - half, high: centre + half, sd, n };
}
