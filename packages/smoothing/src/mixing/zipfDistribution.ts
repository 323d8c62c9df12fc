import { sum } from "../numerics/sum.ts";
import { checkClass } from "../validation/checkClass.ts";
import { checkClassCount } from "../validation/checkClassCount.ts";
import { checkFiniteNumbers } from "../validation/checkFiniteNumbers.ts";
import { checkRange } from "../validation/checkRange.ts";

/** Options of {@link zipfDistribution}. */
export interface ZipfOptions {
  /** The exponent a, 0 or more (default 1); 0 is uniform. */
  readonly power?: number;
  /** A class to leave out, usually the true one: it gets 0 and no rank. */
  readonly excluded?: number;
}

/**
 * Zipf's law over the ranks of a prediction: u_k = r_k^-a / sum_j r_j^-a, rank 1 for the largest score.
 * Classes with equal scores share the mean of their ranks' weights, so that the order of classes does not matter.
 * O(K log K).
 *
 * @param scores logits or probabilities, K finite numbers
 * @returns u, which sums to 1
 * @throws ArgumentError `not_finite`, `out_of_range`, `class_out_of_range`, `class_count_too_small` where no class is left
 * @see Liang et al. 2022, Efficient one pass self-distillation with Zipf's label smoothing, https://arxiv.org/abs/2207.12980
 */
export function zipfDistribution(scores: readonly number[], options: ZipfOptions = {}): number[] {
  checkFiniteNumbers("scores", scores);
  const { power = 1, excluded } = options;
  checkRange("power", power, { min: 0 });
  if (excluded !== undefined) checkClass(excluded, scores.length, "excluded");
  if (excluded !== undefined) checkClassCount(scores.length, "the number of scores");
  const order = Array.from(scores.keys())
    .filter((index) => index !== excluded)
    .sort((a, b) => scores[b]! - scores[a]!);
  const weights = new Array<number>(scores.length).fill(0);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    const tied = order.slice(start, end);
    const shared = sum(tied.map((_, offset) => (start + offset + 1) ** -power)) / tied.length;
    for (const index of tied) weights[index] = shared;
  }
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}
