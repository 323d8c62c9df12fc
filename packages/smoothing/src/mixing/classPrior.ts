import { checkClassCounts } from "../validation/checkClassCounts.ts";

/**
 * The class prior (unigram distribution) of a data set: pi_k = n_k / sum n.
 *
 * Mixing with it keeps the class marginal of the smoothed labels at pi, which uniform mixing shifts by e (1/K - pi_k).
 * Each entry is one division of whole numbers, so counts in the same ratio give the same doubles.
 *
 * @param classCounts n_k, whole numbers of 0 or more, not all 0
 * @returns pi, which sums to 1
 * @throws ArgumentError `invalid_class_counts`, `empty_input`
 * @example classPrior([90, 10]); // [0.9, 0.1]
 * @see Pereyra et al. 2017, https://arxiv.org/abs/1701.06548
 */
export function classPrior(classCounts: readonly number[]): number[] {
  checkClassCounts(classCounts, { emptyAllowed: true });
  const total = classCounts.reduce((sum, count) => sum + count, 0);
  return classCounts.map((count) => count / total);
}
