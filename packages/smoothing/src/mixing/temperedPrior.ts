import { sum } from "../numerics/sum.ts";
import { checkClassCounts } from "../validation/checkClassCounts.ts";
import { checkRange } from "../validation/checkRange.ts";

/**
 * The tempered prior: u_k = pi_k^tau / sum_j pi_j^tau. tau = 1 is the class prior, 0 uniform, -1 the inverse prior;
 * between them lies any compromise. Computed from n_k / n_max (n_min / n_k for negative tau), so that nothing overflows.
 *
 * @param classCounts n_k; empty classes are allowed for tau >= 0
 * @param tau a finite number
 * @returns u, which sums to 1
 * @throws ArgumentError `not_finite`, `invalid_class_counts`, `empty_class`
 */
export function temperedPrior(classCounts: readonly number[], tau: number): number[] {
  checkRange("tau", tau);
  checkClassCounts(classCounts, { emptyAllowed: tau >= 0 });
  const largest = classCounts.reduce((a, b) => Math.max(a, b));
  const smallest = classCounts.reduce((a, b) => Math.min(a, b));
  const weights = classCounts.map((count) => (tau >= 0 ? (count / largest) ** tau : (smallest / count) ** -tau));
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}
