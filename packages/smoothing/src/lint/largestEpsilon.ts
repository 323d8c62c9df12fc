import type { TargetPlan } from "../plans/targetPlan.ts";

/** The largest e_y of a plan, as far as it is a uniform-equivalent strength: rows given whole have none and count as 0. */
export function largestEpsilon(plan: TargetPlan): number {
  if (plan.strategy.kind === "hierarchical") return 0;
  return typeof plan.epsilon === "number" ? plan.epsilon : plan.epsilon.reduce((a, b) => Math.max(a, b));
}
