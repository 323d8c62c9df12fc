import type { TargetPlan } from "../plans/targetPlan.ts";
import { listsNear } from "./near.ts";
import { planFeatures } from "./planFeatures.ts";

/**
 * Whether two plans make the loss see the same: targets of every class, weights, sampling, logit offsets and margins
 * agree within 1e-12 (relative for numbers above 1). O(K), or O(K^2) when a mixing is a matrix.
 *
 * @param first any plan
 * @param second any plan
 * @returns true when training cannot tell them apart
 * @example plansEqual(uniform01, offTarget009); // true at K = 10
 */
export function plansEqual(first: TargetPlan, second: TargetPlan): boolean {
  const a = planFeatures(first);
  const b = planFeatures(second);
  if (a.words !== b.words || a.numbers.size !== b.numbers.size) return false;
  for (const [name, values] of a.numbers) {
    const others = b.numbers.get(name);
    if (others === undefined || !listsNear(values, others)) return false;
  }
  return true;
}
