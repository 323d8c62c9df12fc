import { checkClassCounts } from "../validation/checkClassCounts.ts";

/**
 * Inverse-frequency class weights as scikit-learn's "balanced": w_k = sum n / (K n_k). Their mean over examples is 1.
 *
 * @param classCounts n_k, whole numbers of 1 or more
 * @returns K weights
 * @throws ArgumentError `empty_class`, `invalid_class_counts`
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.utils.class_weight.compute_class_weight.html
 */
export function balancedWeights(classCounts: readonly number[]): number[] {
  checkClassCounts(classCounts);
  const total = classCounts.reduce((sum, count) => sum + count, 0);
  return classCounts.map((count) => total / (classCounts.length * count));
}
