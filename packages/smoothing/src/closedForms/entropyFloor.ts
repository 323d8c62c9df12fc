import { sum } from "../numerics/sum.ts";
import { checkMasses } from "../validation/checkMasses.ts";

/**
 * The smallest loss that any prediction reaches against a row of targets: min over p of -sum q ln p, which is
 * -sum q ln(q / S) with S = sum q. The row need not sum to 1; a row of zeros has floor 0. In nats.
 *
 * @param row targets, finite and 0 or more
 * @returns the loss in nats, 0 or more
 * @throws ArgumentError `not_finite`, `out_of_range` for a negative target, `empty_input`
 * @see Gibbs' inequality; Cover, Thomas 2006, Elements of information theory, theorem 2.6.3
 */
export function entropyFloor(row: ArrayLike<number>): number {
  checkMasses("row", row);
  const rowSum = sum(Array.from(row));
  const terms = Array.from(row, (mass) => (mass > 0 && mass !== rowSum ? -mass * Math.log(mass / rowSum) : 0));
  return Math.max(0, sum(terms));
}
