import type { TargetPlan } from "../plans/targetPlan.ts";
import { cellsOf } from "./cellsOf.ts";
import { hashText } from "./hashText.ts";
import { planFeatures } from "./planFeatures.ts";
import { runLengths } from "./runLengths.ts";

/**
 * A short text that is the same exactly for equal plans, so that equivalent trials can be found by a look-up.
 *
 * The key is made from the targets themselves, not from (convention, epsilon, strategy): off-target 0.09 at K = 10 and
 * uniform 0.1 share it, and so do all smoothings of strength 0. "Equal" means within 1e-12; plans of different
 * specifications differ by more than 1e-9, and what lies between is not told apart reliably.
 * O(K), or O(K^2) when the mixing is a matrix.
 *
 * @param plan any plan
 * @returns "plan1-" and 32 hexadecimal digits; the 1 is the version of the scheme
 */
export function equivalenceKey(plan: TargetPlan): string {
  const { words, numbers } = planFeatures(plan);
  const lists = Array.from(numbers, ([name, values]) => `${name} ${runLengths(cellsOf(values))}`);
  return `plan1-${hashText([words, ...lists.sort()].join("|"))}`;
}
