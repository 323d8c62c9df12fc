import { sum } from "../numerics/sum.ts";
import { checkClassCounts } from "../validation/checkClassCounts.ts";
import { checkRange } from "../validation/checkRange.ts";

/**
 * Class weights by the effective number of examples: (1 - beta) / (1 - beta^n_k), scaled to sum K.
 * 1 - beta^n is computed as -expm1(n ln beta), because the plain difference loses its digits as beta nears 1.
 * beta = 0 gives weights of 1; beta -> 1 tends to the inverse frequency.
 *
 * @param classCounts n_k, whole numbers of 1 or more
 * @param beta in [0, 1); the paper uses 0.9 to 0.9999
 * @returns K weights that sum to K
 * @throws ArgumentError `empty_class`, `invalid_class_counts`, `out_of_range`
 * @see Cui et al. 2019, https://arxiv.org/abs/1901.05555
 */
export function effectiveNumberWeights(classCounts: readonly number[], beta: number): number[] {
  checkClassCounts(classCounts);
  checkRange("beta", beta, { min: 0, max: 1 - Number.EPSILON / 2 });
  const logBeta = Math.log1p(beta - 1);
  const weights = classCounts.map((count) => (beta - 1) / Math.expm1(count * logBeta));
  const total = sum(weights);
  return weights.map((weight) => (weight * classCounts.length) / total);
}
