import { sum } from "../numerics/sum.ts";
import { checkRange } from "../validation/checkRange.ts";
import { checkBatch } from "./checkBatch.ts";
import { largestIndex } from "./largestIndex.ts";
import type { LossResult } from "./lossResult.ts";
import { oneHot } from "./oneHot.ts";
import { reduceRows } from "./reduceRows.ts";
import type { Reduction } from "./reduction.ts";
import type { RowLoss } from "./rowLoss.ts";
import { softCrossEntropy } from "./softCrossEntropy.ts";

/** Options of {@link maxSuppression}. */
export interface MaxSuppressionOptions {
  /** e in [0, 1]. */
  readonly epsilon: number;
  /** Default "mean". */
  readonly reduction?: Reduction;
}

/**
 * MaxSup: cross entropy + e (max_j z_j - mean_k z_k). Label smoothing is the same with z_y in place of the maximum, so
 * both agree where the prediction is right; where it is wrong MaxSup still lowers the logit that is too large.
 * Where several logits share the maximum, its gradient goes to the first.
 *
 * @param logits z, N x K finite numbers
 * @param labels N classes in [0, K)
 * @param options strength and reduction
 * @returns the loss and its gradient with respect to the logits, in nats
 * @throws ArgumentError `not_finite`, `wrong_length`, `class_out_of_range`, `empty_input`, `epsilon_out_of_range`
 * @see Zhou et al. 2025, MaxSup, https://arxiv.org/abs/2502.15798
 */
export function maxSuppression(
  logits: readonly ArrayLike<number>[],
  labels: readonly number[],
  { epsilon, reduction = "mean" }: MaxSuppressionOptions,
): LossResult {
  const classCount = checkBatch(logits, labels);
  checkRange("epsilon", epsilon, { min: 0, max: 1, code: "epsilon_out_of_range" });
  const rows = logits.map((row, index): RowLoss => {
    const hard = softCrossEntropy(row, oneHot(labels[index]!, classCount));
    const top = largestIndex(row);
    const gap = sum(Array.from(row, (logit) => row[top]! - logit)) / classCount;
    const gradient = hard.gradient.map((value) => value - epsilon / classCount);
    gradient[top]! += epsilon;
    return { loss: hard.loss + epsilon * gap, gradient };
  });
  return reduceRows(rows, reduction);
}
