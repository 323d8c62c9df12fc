/** The number M F^(-p/s) whose floor is wanted. */
export interface FractionalPower {
  /** M, a whole number. */
  readonly maxCount: number;
  /** F, 1 or more. */
  readonly imbalanceFactor: number;
  /** p in [0, s]. */
  readonly power: number;
  /** s, 1 or more. */
  readonly steps: number;
}

/**
 * floor(M F^(-p/s)) of the exact real number. Floating point decides unless the value lies within rounding of a whole
 * number n; then whole-number arithmetic does: n <= M F^(-p/s) exactly when n^s F^p <= M^s. F is taken as the decimal
 * that the user wrote (1.1 is 11/10, not the nearest double).
 */
export function exactFloorPower({ maxCount, imbalanceFactor, power, steps }: FractionalPower): number {
  if (power === 0) return maxCount;
  const value = maxCount * imbalanceFactor ** (-power / steps);
  const nearest = Math.round(value);
  if (Math.abs(value - nearest) > 1e-9 + value * 1e-12) return Math.floor(value);
  const [numerator, denominator] = decimalFraction(imbalanceFactor);
  const s = BigInt(steps);
  const p = BigInt(power);
  const reaches = (count: number) => BigInt(count) ** s * numerator ** p <= BigInt(maxCount) ** s * denominator ** p;
  let count = nearest;
  while (count > 0 && !reaches(count)) count--;
  while (reaches(count + 1)) count++;
  return count;
}

/** The shortest decimal that reads back as this double, as a fraction: 12.5 is 125/10. */
function decimalFraction(value: number): [bigint, bigint] {
  const [digits = "0", exponent = "0"] = value.toString().split("e");
  const [whole = "0", decimals = ""] = digits.split(".");
  const scale = Number(exponent) - decimals.length;
  const numerator = BigInt(whole + decimals);
  return scale >= 0 ? [numerator * 10n ** BigInt(scale), 1n] : [numerator, 10n ** BigInt(-scale)];
}
