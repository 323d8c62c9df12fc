import { classPrior } from "../mixing/classPrior.ts";
import { sum } from "../numerics/sum.ts";
import { sumsWithoutEach } from "../numerics/sumsWithoutEach.ts";
import { perClassValue } from "../plans/perClassValue.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";
import { targetRow } from "../plans/targetRow.ts";
import { checkClassCounts } from "../validation/checkClassCounts.ts";

/**
 * The class marginal of the smoothed labels over a data set: m = sum_y pi_y q(y). Uniform smoothing shifts class k by
 * e (1/K - pi_k); class-prior smoothing leaves the marginal at pi. O(K) unless the mixing is a matrix.
 *
 * @param plan a plan whose mixing is known before training
 * @param classCounts n_k of that data set
 * @returns K numbers that sum to the mean row sum
 * @throws ArgumentError `wrong_length`, `invalid_class_counts`, `mixing_needs_predictions`
 * @see Pereyra et al. 2017, https://arxiv.org/abs/1701.06548 (unigram smoothing)
 */
export function smoothedMarginal(plan: TargetPlan, classCounts: readonly number[]): number[] {
  checkClassCounts(classCounts, { classCount: plan.classCount, emptyAllowed: true });
  const prior = classPrior(classCounts);
  if (plan.mixing.kind === "matrix") {
    const marginal = new Array<number>(plan.classCount).fill(0);
    prior.forEach((share, trueClass) => {
      targetRow(plan, trueClass).forEach((mass, index) => {
        marginal[index]! += share * mass;
      });
    });
    return marginal;
  }
  // m_k = pi_k q_k(k) + u_k sum over the other classes y of pi_y S_y e_y: only O(K) diagonal entries are needed.
  const mixing = targetRow({ ...plan, epsilon: 1, rowSum: 1 }, 0);
  const given = prior.map((share, y) => share * perClassValue(plan.rowSum, y) * perClassValue(plan.epsilon, y));
  const others = sumsWithoutEach(Array.from(mixing));
  const received = sumsWithoutEach(given);
  return prior.map((share, k) => {
    const kept = share * perClassValue(plan.rowSum, k) - given[k]! * others[k]!;
    return sum([kept, mixing[k]! * received[k]!]);
  });
}
