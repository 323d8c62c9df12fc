import type { TargetPlan } from "../plans/targetPlan.ts";
import { targetRow } from "../plans/targetRow.ts";

/**
 * The largest e_y of a plan, as far as it is a uniform-equivalent strength. Rows by distances in a taxonomy have none and
 * count as 0; rows that two smoothings made together have that of uniform smoothing with the same true-class mass.
 */
export function largestEpsilon(plan: TargetPlan): number {
  if (plan.strategy.kind === "hierarchical") return 0;
  if (plan.mixing.kind === "matrix" && plan.epsilon === 1) return largestOfRows(plan);
  return typeof plan.epsilon === "number" ? plan.epsilon : plan.epsilon.reduce((a, b) => Math.max(a, b));
}

/** The largest e with 1 - e + e / K = true mass / S. */
function largestOfRows({ classCount, ...plan }: TargetPlan): number {
  let largest = 0;
  for (let y = 0; y < classCount; y++) {
    const own = targetRow({ ...plan, classCount, rowSum: 1 }, y)[y]!;
    largest = Math.max(largest, ((1 - own) * classCount) / (classCount - 1));
  }
  return largest;
}
