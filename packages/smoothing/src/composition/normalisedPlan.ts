import type { TargetPlan } from "../plans/targetPlan.ts";

/**
 * The plan with every row divided by its sum; rows of zeros (padding) stay as they are. Two plans that are equal only
 * after this train the same but for the scale of the loss.
 *
 * @param plan any plan
 * @returns the plan with S_y = 1
 */
export function normalisedPlan(plan: TargetPlan): TargetPlan {
  const { rowSum } = plan;
  return { ...plan, rowSum: typeof rowSum === "number" ? 1 : rowSum.map((total) => (total === 0 ? 0 : 1)) };
}
