import { sum } from "../numerics/sum.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkMasses } from "../validation/checkMasses.ts";

/**
 * The confidence of a model that fits a row of targets perfectly: max q / S with S = sum q.
 *
 * @param row targets, finite and 0 or more, not all 0
 * @returns a share in [1/K, 1]
 * @throws ArgumentError `not_finite`, `out_of_range` for a negative target, `empty_input`,
 * `no_target_left` for a row of zeros (padding)
 * @example confidenceCeiling([0.95, 0.05]); // 0.95
 * @see Szegedy et al. 2015, https://arxiv.org/abs/1512.00567
 */
export function confidenceCeiling(row: ArrayLike<number>): number {
  checkMasses("row", row);
  const masses = Array.from(row);
  const total = sum(masses);
  if (total <= 0) {
    const rule = "must hold mass";
    throw new ArgumentError("no_target_left", { argument: "row", rule, value: total });
  }
  return masses.reduce((a, b) => Math.max(a, b)) / total;
}
