import { mixingRow } from "../mixing/mixingRow.ts";
import { perClassValue } from "../plans/perClassValue.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkMasses } from "../validation/checkMasses.ts";

/**
 * Smooths targets that are soft already (Mixup, a teacher, an earlier smoothing): q' = S ((1-e) q + e u).
 *
 * Smoothing twice does not add: uniform e1 and then e2 is uniform 1 - (1-e1)(1-e2). Where strength, row sum or mixing
 * differ from class to class, each class's share of the soft target is smoothed as that class's label would be:
 * q' = sum_y q_y row(y).
 *
 * @param row K soft targets, 0 or more
 * @param plan the smoothing to apply, known before training
 * @returns K targets
 * @throws ArgumentError `wrong_length`, `not_finite`, `out_of_range` for a negative target, `mixing_needs_predictions`
 */
export function smoothAgain(row: ArrayLike<number>, plan: TargetPlan): Float64Array {
  const { classCount, epsilon, rowSum, mixing } = plan;
  if (row.length !== classCount) {
    const rule = `must hold ${classCount} numbers`;
    throw new ArgumentError("wrong_length", { argument: "row", rule, value: row.length });
  }
  checkMasses("row", row);
  if (typeof epsilon === "number" && typeof rowSum === "number" && mixing.kind !== "matrix") {
    const shares = epsilon === 0 ? new Float64Array(classCount) : mixingRow(mixing, 0, classCount);
    return shares.map((share, index) => rowSum * ((1 - epsilon) * row[index]! + epsilon * share));
  }
  const result = new Float64Array(classCount);
  for (let y = 0; y < classCount; y++) {
    const scaled = row[y]! * perClassValue(rowSum, y);
    const own = perClassValue(epsilon, y);
    result[y]! += scaled * (1 - own);
    if (scaled === 0 || own === 0) continue;
    const shares = mixingRow(mixing, y, classCount);
    for (let k = 0; k < classCount; k++) result[k]! += scaled * own * shares[k]!;
  }
  return result;
}
