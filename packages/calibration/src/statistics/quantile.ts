import { requireAllFinite, requireNotEmpty } from "../validation/requireArray.ts";
import { requireUnit } from "../validation/requireNumber.ts";

/**
 * Quantile with linear interpolation at position (n - 1) q of the sorted values (type 7, NumPy's default).
 *
 * @param values - at least one finite number; not changed
 * @param probability - q in [0, 1]
 * @returns the quantile, in the unit of the values
 * @throws {ArgumentError} empty, not finite, or q outside [0, 1]
 * @see Hyndman, Fan, "Sample quantiles in statistical packages", 1996
 */
export function quantile(values: ArrayLike<number>, probability: number): number {
  requireNotEmpty("values", values);
  requireAllFinite("values", values);
  requireUnit("probability", probability);
  return quantileOfSorted(Float64Array.from(values).sort(), probability);
}

/** {@link quantile} of values that are sorted already. */
export function quantileOfSorted(sorted: Float64Array, probability: number): number {
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  const fraction = position - below;
  if (fraction === 0) return low;
  const gap = high - low;
  return gap < Infinity ? low + gap * fraction : low * (1 - fraction) + high * fraction;
}

/**
 * Median: the middle value, or the mean of the two middle values.
 *
 * @param values - at least one finite number; not changed
 * @returns the median
 * @throws {ArgumentError} empty or not finite
 */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}
