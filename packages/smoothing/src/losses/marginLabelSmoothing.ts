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

/** Options of {@link marginLabelSmoothing}. */
export interface MarginLabelSmoothingOptions {
  /** m, 0 or more: 6 on CIFAR, 10 on Tiny-ImageNet. */
  readonly margin: number;
  /** lambda, 0 or more (0.1 in the paper). */
  readonly penaltyWeight: number;
  /** Default "mean". */
  readonly reduction?: Reduction;
}

/**
 * Margin-based label smoothing: cross entropy plus lambda times the mean over the K entries of
 * max(0, max_j z_j - z_k - m). Logits may differ by the margin for free. Where several logits share the maximum, its
 * gradient goes to the first.
 *
 * @param logits z, N x K finite numbers
 * @param labels N classes in [0, K)
 * @param options margin, weight of the penalty, reduction
 * @returns the loss and its gradient with respect to the logits, in nats
 * @throws ArgumentError `not_finite`, `wrong_length`, `class_out_of_range`, `empty_input`, `out_of_range`
 * @see Liu et al. 2022, The devil is in the margin, https://arxiv.org/abs/2111.15430
 */
export function marginLabelSmoothing(
  logits: readonly ArrayLike<number>[],
  labels: readonly number[],
  options: MarginLabelSmoothingOptions,
): LossResult {
  const { margin, penaltyWeight, reduction = "mean" } = options;
  const classCount = checkBatch(logits, labels);
  checkRange("margin", margin, { min: 0 });
  checkRange("penaltyWeight", penaltyWeight, { min: 0 });
  const rows = logits.map((row, index): RowLoss => {
    const hard = softCrossEntropy(row, oneHot(labels[index]!, classCount));
    const top = largestIndex(row);
    const factor = penaltyWeight / classCount;
    const excess = Float64Array.from(row, (logit) => Math.max(0, row[top]! - logit - margin));
    const gradient = hard.gradient.map((value, k) => value - (excess[k]! > 0 ? factor : 0));
    gradient[top]! += factor * excess.filter((value) => value > 0).length;
    return { loss: hard.loss + factor * sum(excess), gradient };
  });
  return reduceRows(rows, reduction);
}
