import { mixingRow } from "../mixing/mixingRow.ts";
import { checkClass } from "../validation/checkClass.ts";
import { perClassValue } from "./perClassValue.ts";
import { smoothedRow } from "./smoothedRow.ts";
import type { TargetPlan } from "./targetPlan.ts";

/**
 * The K target values of one true class: S_y ((1 - e_y) onehot_y + e_y u(.|y)). O(K).
 *
 * @param plan a plan whose mixing is known before training, or one with epsilon 0
 * @param trueClass y in [0, K)
 * @returns K targets that sum to S_y
 * @throws ArgumentError `class_out_of_range`, `mixing_needs_predictions`
 * @example targetRow(plan, 0); // Float64Array [0.91, 0.01, ...] for uniform 0.1 at K = 10
 */
export function targetRow(plan: TargetPlan, trueClass: number): Float64Array {
  checkClass(trueClass, plan.classCount);
  const epsilon = perClassValue(plan.epsilon, trueClass);
  const rowSum = perClassValue(plan.rowSum, trueClass);
  const mixing = epsilon === 0 ? new Float64Array(plan.classCount) : mixingRow(plan.mixing, trueClass, plan.classCount);
  return smoothedRow(mixing, { trueClass, epsilon, rowSum });
}
