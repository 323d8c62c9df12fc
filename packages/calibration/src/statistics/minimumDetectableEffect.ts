import { ArgumentError } from "../validation/argumentError.ts";
import { requireOpenUnit } from "../validation/requireNumber.ts";
import { studentTCritical } from "./studentT.ts";

/** Options of {@link minimumDetectableEffect}. */
export interface DetectableEffectOptions {
  /** Two-sided false-positive rate in (0, 1), 0.05 (default). */
  readonly significance?: number;
  /** Chance to find an effect of that size, in (0.5, 1), 0.8 (default). */
  readonly power?: number;
}

/**
 * Minimum detectable effect of a paired comparison: the mean difference that n seeds can find.
 *
 * `(t_{1 - alpha/2} + t_{power}) sd / sqrt(n)` with n - 1 degrees of freedom. Smaller observed differences are not
 * evidence of equality. With 5 seeds and the defaults about 1.66 standard deviations.
 *
 * @param standardDeviation - of the paired differences, 0 or more, in the unit of the metric
 * @param pairs - n, an integer of at least 2
 * @param options - significance and power
 * @returns the smallest mean difference found with the given power, in the unit of the metric
 * @throws {ArgumentError} when an argument is out of range
 * @see Bloom, "Minimum detectable effects", 1995
 */
export function minimumDetectableEffect(
  standardDeviation: number,
  pairs: number,
  options: DetectableEffectOptions = {},
): number {
  const { significance = 0.05, power = 0.8 } = options;
  if (!(Number.isFinite(standardDeviation) && standardDeviation >= 0))
    throw new ArgumentError("standardDeviation", "must be a number of at least 0", standardDeviation);
  if (!(Number.isInteger(pairs) && pairs >= 2))
    throw new ArgumentError("pairs", "must be an integer of at least 2", pairs);
  requireOpenUnit("significance", significance);
  if (!(power > 0.5 && power < 1)) throw new ArgumentError("power", "must be in (0.5, 1)", power);
  // the one-sided quantile of `power` is the two-sided critical value of coverage 2 power - 1
  const multiple = studentTCritical(1 - significance, pairs - 1) + studentTCritical(2 * power - 1, pairs - 1);
  return (multiple * standardDeviation) / Math.sqrt(pairs);
}
