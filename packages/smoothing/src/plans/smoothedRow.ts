import { sum } from "../numerics/sum.ts";
import { checkClass } from "../validation/checkClass.ts";
import { checkFiniteNumbers } from "../validation/checkFiniteNumbers.ts";
import { checkRange } from "../validation/checkRange.ts";

/** One row in canonical form. */
export interface RowParts {
  readonly trueClass: number;
  /** e; above 1 only where off-target smoothing spreads over a small rest of a prior. */
  readonly epsilon: number;
  /** S (default 1). */
  readonly rowSum?: number;
}

/**
 * The row q = S ((1 - e) onehot_y + e u), with u given: for mixings that come from predictions.
 * Above e = 1 the true class is S minus the others, because 1 - e + e u_y would lose its digits there.
 *
 * @param mixing u, K numbers that sum to 1; not changed
 * @returns K targets
 * @throws ArgumentError `not_finite`, `empty_input`, `class_out_of_range`, `epsilon_out_of_range`, `out_of_range`
 */
export function smoothedRow(mixing: ArrayLike<number>, { trueClass, epsilon, rowSum = 1 }: RowParts): Float64Array {
  checkFiniteNumbers("mixing", mixing);
  checkClass(trueClass, mixing.length);
  checkRange("epsilon", epsilon, { min: 0, code: "epsilon_out_of_range" });
  checkRange("rowSum", rowSum, { min: 0 });
  const row = Float64Array.from(mixing, (share) => rowSum * epsilon * share);
  if (epsilon <= 1) {
    row[trueClass]! += rowSum * (1 - epsilon);
  } else {
    row[trueClass] = 0;
    row[trueClass] = rowSum - sum(row);
  }
  return row;
}
