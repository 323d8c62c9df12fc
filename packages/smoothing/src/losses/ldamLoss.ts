import { sum } from "../numerics/sum.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkRange } from "../validation/checkRange.ts";
import { ldamMargins } from "../weights/ldamMargins.ts";
import { checkBatch } from "./checkBatch.ts";
import { largestIndex } from "./largestIndex.ts";
import type { LossResult } from "./lossResult.ts";
import { oneHot } from "./oneHot.ts";
import { reduceRows } from "./reduceRows.ts";
import type { Reduction } from "./reduction.ts";
import { softCrossEntropy } from "./softCrossEntropy.ts";

/** Options of {@link ldamLoss}. */
export interface LdamOptions {
  /** n_k of the training data. */
  readonly classCounts: readonly number[];
  /** The rarest class's margin (default 0.5). */
  readonly maxMargin?: number;
  /** s, above 0 (default 30). */
  readonly scale?: number;
  /** w_k on an example of class k (default all 1); "mean" divides by their sum. */
  readonly classWeights?: readonly number[];
  /** Default "mean". */
  readonly reduction?: Reduction;
}

/**
 * LDAM: w_y times the cross entropy of s (z - m_y on the true class), with the margins of `ldamMargins`.
 * "mean" divides by the sum of w_y, as PyTorch's class weights do.
 *
 * @param logits z, N x K finite numbers
 * @param labels N classes in [0, K)
 * @param options class counts, margin, scale, weights, reduction
 * @returns the loss and its gradient with respect to the logits, in nats
 * @throws ArgumentError `not_finite`, `wrong_length`, `class_out_of_range`, `empty_class`, `out_of_range`, `no_target_left`
 * @see Cao et al. 2019, https://arxiv.org/abs/1906.07413
 */
export function ldamLoss(
  logits: readonly ArrayLike<number>[],
  labels: readonly number[],
  options: LdamOptions,
): LossResult {
  const { classCounts, maxMargin = 0.5, scale = 30, classWeights, reduction = "mean" } = options;
  const classCount = checkBatch(logits, labels);
  checkRange("scale", scale, { min: 0, open: true });
  for (const [argument, values] of Object.entries({ classCounts, classWeights })) {
    if (values === undefined || values.length === classCount) continue;
    const rule = `must hold ${classCount} numbers`;
    throw new ArgumentError("wrong_length", { argument, rule, value: values.length });
  }
  const margins = ldamMargins(classCounts, maxMargin);
  const weights = labels.map((label) => classWeights?.[label] ?? 1);
  const rows = logits.map((row, index) => {
    const label = labels[index]!;
    // the largest logit is taken out first, so that a margin is not rounded away beside a huge one
    const largest = row[largestIndex(row)]!;
    const shifted = Float64Array.from(row, (logit, k) => scale * (logit - largest - (k === label ? margins[k]! : 0)));
    const plain = softCrossEntropy(shifted, oneHot(label, classCount));
    const weight = weights[index]!;
    return { loss: weight * plain.loss, gradient: plain.gradient.map((value) => weight * scale * value) };
  });
  return reduceRows(rows, reduction, sum(weights));
}
