import { inversePrior } from "../mixing/inversePrior.ts";

/**
 * Inverse-frequency class weights that sum to K: w_k = K (1/n_k) / sum_j (1/n_j).
 *
 * @param classCounts n_k, whole numbers of 1 or more
 * @returns K weights that sum to K
 * @throws ArgumentError `empty_class`, `invalid_class_counts`
 * @example inverseFrequencyWeights([900, 30]); // [0.0645..., 1.9354...]
 */
export function inverseFrequencyWeights(classCounts: readonly number[]): number[] {
  return inversePrior(classCounts).map((share) => share * classCounts.length);
}
