import { sum } from "../numerics/sum.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkRange } from "../validation/checkRange.ts";
import { checkBatch } from "./checkBatch.ts";
import { checkTargetRows } from "./checkTargetRows.ts";
import type { LossResult } from "./lossResult.ts";
import { reduceRows } from "./reduceRows.ts";
import { softCrossEntropy } from "./softCrossEntropy.ts";

/** Options of {@link sampleWeightedCrossEntropy}. */
export interface SampleWeightedOptions {
  /** q, N x K: the smoothed targets. */
  readonly targets: readonly ArrayLike<number>[];
  /** w_k on an example of class k, 0 or more. */
  readonly classWeights: readonly number[];
  /** `mean` divides by N (default), `weightedMean` by the sum of w_y, `sum` by nothing, `none` keeps the rows. */
  readonly reduction?: "mean" | "weightedMean" | "sum" | "none";
}

/**
 * Cross entropy with a weight for each whole example: w_y CE(q, p). Unlike class-term weights this leaves the optimum
 * p = q of every example where the smoothing put it.
 *
 * @param logits z, N x K finite numbers
 * @param labels N classes in [0, K)
 * @param options targets, class weights, reduction
 * @returns the loss and its gradient with respect to the logits, in nats
 * @throws ArgumentError `not_finite`, `wrong_length`, `class_out_of_range`, `empty_input`, `out_of_range`, `no_target_left`
 * @see https://github.com/pytorch/pytorch/issues/104776 (why not class-term weights)
 */
export function sampleWeightedCrossEntropy(
  logits: readonly ArrayLike<number>[],
  labels: readonly number[],
  { targets, classWeights, reduction = "mean" }: SampleWeightedOptions,
): LossResult {
  const classCount = checkBatch(logits, labels);
  checkTargetRows(targets, logits);
  if (classWeights.length !== classCount) {
    const rule = `must hold ${classCount} weights`;
    throw new ArgumentError("wrong_length", { argument: "classWeights", rule, value: classWeights.length });
  }
  classWeights.forEach((weight, index) => {
    checkRange(`classWeights[${index}]`, weight, { min: 0 });
  });
  const weights = labels.map((label) => classWeights[label]!);
  const rows = logits.map((row, index) => {
    const plain = softCrossEntropy(row, targets[index]!);
    return { loss: weights[index]! * plain.loss, gradient: plain.gradient.map((value) => weights[index]! * value) };
  });
  if (reduction === "weightedMean") return reduceRows(rows, "mean", sum(weights));
  return reduceRows(rows, reduction);
}
