import { ArgumentError } from "../validation/argumentError.ts";
import { requireAllFinite, requireLength } from "../validation/requireArray.ts";

/**
 * Kendall's tau-b: agreement of two rankings, 1 the same, -1 reversed, with ties corrected for.
 *
 * `(concordant - discordant) / sqrt((pairs - ties_a) (pairs - ties_b))`. Use it to ask whether two ECE presets rank runs
 * alike. O(n^2).
 *
 * @param a - at least two finite values
 * @param b - as many finite values
 * @returns tau in [-1, 1]; `null` when all values of one side are equal
 * @throws {ArgumentError} fewer than two values, lengths differ, not finite
 * @see Kendall, "The treatment of ties in ranking problems", 1945
 */
export function kendallTau(a: readonly number[], b: readonly number[]): number | null {
  if (a.length < 2) throw new ArgumentError("a", "must have at least 2 values", `length ${a.length}`);
  requireLength("b", b, a.length);
  requireAllFinite("a", a);
  requireAllFinite("b", b);
  let balance = 0;
  let untiedA = 0;
  let untiedB = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const signA = Math.sign(a[i]! - a[j]!);
      const signB = Math.sign(b[i]! - b[j]!);
      balance += signA * signB;
      untiedA += Math.abs(signA);
      untiedB += Math.abs(signB);
    }
  }
  return untiedA === 0 || untiedB === 0 ? null : balance / Math.sqrt(untiedA) / Math.sqrt(untiedB);
}
