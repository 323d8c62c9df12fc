import { requireAllFinite, requireNotEmpty } from "../validation/requireArray.ts";

/**
 * Arithmetic mean, `sum x / n`, with compensated summation and one refinement `m + sum (x - m) / n`.
 *
 * The refinement makes the mean of equal values that value, exactly.
 *
 * @param values - at least one finite number
 * @returns the mean, in the unit of the values
 * @throws {ArgumentError} when empty or not finite
 * @see Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974
 */
export function mean(values: ArrayLike<number>): number {
  const count = requireNotEmpty("values", values);
  requireAllFinite("values", values);
  const sum = compensatedSum(values);
  if (!Number.isFinite(sum)) return meanOfShares(values);
  const centre = sum / count;
  let rest = 0;
  for (let index = 0; index < count; index++) rest += values[index]! - centre;
  return centre + rest / count;
}

/** The mean where the sum overflows: shares x / n are added instead, with the same refinement. */
function meanOfShares(values: ArrayLike<number>): number {
  const shares = Float64Array.from(values, (value) => value / values.length);
  const centre = compensatedSum(shares);
  return centre + compensatedSum(shares.map((share) => share - centre / values.length));
}

/**
 * Sample standard deviation, `sqrt(sum (x - mean)^2 / (n - 1))`, two passes.
 *
 * Zero exactly when all values are equal, so that "no spread" can be asked with `=== 0`.
 *
 * @param values - at least one finite number
 * @returns the standard deviation; `null` when n = 1, where it is not defined
 * @throws {ArgumentError} when empty or not finite
 * @see Chan, Golub, LeVeque, "Algorithms for computing the sample variance", 1983
 */
export function standardDeviation(values: ArrayLike<number>): number | null {
  const centre = mean(values);
  const count = values.length;
  if (count === 1) return null;
  if (allEqual(values)) return 0;
  const squares = squaresAbout(values, centre, 1);
  if (squares > smallestSquares && squares < Infinity) return Math.sqrt(squares / (count - 1));
  // the squares overflow or underflow: a power of two scales them exactly
  const scale = squares === Infinity ? 2 ** -540 : 2 ** 540;
  return Math.sqrt(squaresAbout(values, centre, scale) / (count - 1)) / scale;
}

/** Sums of squares below this have lost digits to underflow. */
const smallestSquares = 1e-280;

/** Sum of (scale x - scale centre)^2. */
function squaresAbout(values: ArrayLike<number>, centre: number, scale: number): number {
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += (values[index]! * scale - centre * scale) ** 2;
  return squares;
}

/** Sum with Neumaier's correction: error of one rounding for any order of the values. Empty gives 0. */
export function compensatedSum(values: ArrayLike<number>): number {
  let sum = 0;
  let correction = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    const next = sum + value;
    correction += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(sum) ? sum + correction : sum; // past an infinite sum there is nothing to correct
}

function allEqual(values: ArrayLike<number>): boolean {
  for (let index = 1; index < values.length; index++) if (values[index] !== values[0]) return false;
  return true;
}
