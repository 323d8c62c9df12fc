import { checkClassCount } from "../validation/checkClassCount.ts";
import { checkRange } from "../validation/checkRange.ts";

/**
 * The ratio of class-term weights above which the optimum of uniformly smoothed cross entropy predicts the heavier
 * class instead of the true one: K (1-e) / e + 1. PyTorch's `weight` moves the optimum to p_k ~ w_k q_k, so class r
 * beats y when w_r / w_y exceeds q_y / q_r.
 *
 * @param epsilon canonical e in [0, 1]; 0 gives Infinity
 * @param classCount K, 2 or more
 * @returns the ratio w_r / w_y, 1 or more
 * @throws ArgumentError `epsilon_out_of_range`, `class_count_too_small`
 * @example flipThreshold(0.1, 10); // 91: inverse-frequency weights of CIFAR-10-LT (ratio 100) flip
 * @see https://github.com/pytorch/pytorch/issues/104776
 */
export function flipThreshold(epsilon: number, classCount: number): number {
  checkClassCount(classCount);
  checkRange("epsilon", epsilon, { min: 0, max: 1, code: "epsilon_out_of_range" });
  return (classCount * (1 - epsilon)) / epsilon + 1;
}
