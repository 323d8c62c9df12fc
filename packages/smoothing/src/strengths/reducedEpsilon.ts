import { classPrior } from "../mixing/classPrior.ts";
import { sum } from "../numerics/sum.ts";
import { checkRange } from "../validation/checkRange.ts";

/**
 * A strength reduced under imbalance: e x exp(H(pi)) / K. exp(H) is the number of classes that the data really use, so
 * the factor is 1 for balanced data and falls towards 1/K as one class takes over.
 *
 * @param epsilon e in [0, 1]
 * @param classCounts n_k
 * @returns a strength in [0, epsilon]
 * @throws ArgumentError `epsilon_out_of_range`, `invalid_class_counts`
 * @see exp(H) as a number of classes: Hill 1973, Diversity and evenness, https://doi.org/10.2307/1934352
 */
export function reducedEpsilon(epsilon: number, classCounts: readonly number[]): number {
  checkRange("epsilon", epsilon, { min: 0, max: 1, code: "epsilon_out_of_range" });
  const terms = classPrior(classCounts).map((share) => (share === 0 ? 0 : -share * Math.log(share)));
  return Math.min(epsilon, (epsilon * Math.exp(sum(terms))) / classCounts.length);
}
