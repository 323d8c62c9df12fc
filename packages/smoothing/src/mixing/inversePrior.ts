import { sum } from "../numerics/sum.ts";
import { checkClassCounts } from "../validation/checkClassCounts.ts";

/**
 * The inverse prior: u_k = (1/n_k) / sum_j (1/n_j), which gives the smoothed-away mass to rare classes.
 * Computed from n_min / n_k, so that counts in the same ratio give the same doubles.
 *
 * @param classCounts n_k, whole numbers of 1 or more
 * @returns u, which sums to 1
 * @throws ArgumentError `empty_class` where 1/n_k is undefined, `invalid_class_counts`
 * @example inversePrior([90, 10]); // [0.1, 0.9]
 */
export function inversePrior(classCounts: readonly number[]): number[] {
  checkClassCounts(classCounts);
  const smallest = classCounts.reduce((a, b) => Math.min(a, b));
  const weights = classCounts.map((count) => smallest / count);
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}
