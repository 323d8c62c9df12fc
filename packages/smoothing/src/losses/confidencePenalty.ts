import { logSoftmax } from "../numerics/logSoftmax.ts";
import { sum } from "../numerics/sum.ts";
import { checkRange } from "../validation/checkRange.ts";
import { checkBatch } from "./checkBatch.ts";
import type { LossResult } from "./lossResult.ts";
import { oneHot } from "./oneHot.ts";
import { reduceRows } from "./reduceRows.ts";
import type { Reduction } from "./reduction.ts";
import type { RowLoss } from "./rowLoss.ts";
import { softCrossEntropy } from "./softCrossEntropy.ts";

/** Options of {@link confidencePenalty}. */
export interface ConfidencePenaltyOptions {
  /** beta, a finite number; the paper uses 0.1 to 8. */
  readonly beta: number;
  /** Default "mean". */
  readonly reduction?: Reduction;
}

/**
 * Cross entropy with a penalty on confidence: -ln p_y - beta H(p). Label smoothing with the KL divergence reversed.
 * Gradient: p - onehot + beta p_k (ln p_k + H(p)).
 *
 * @param logits z, N x K finite numbers
 * @param labels N classes in [0, K)
 * @param options beta and reduction
 * @returns the loss and its gradient with respect to the logits, in nats
 * @throws ArgumentError `not_finite`, `wrong_length`, `class_out_of_range`, `empty_input`
 * @see Pereyra et al. 2017, https://arxiv.org/abs/1701.06548
 */
export function confidencePenalty(
  logits: readonly ArrayLike<number>[],
  labels: readonly number[],
  { beta, reduction = "mean" }: ConfidencePenaltyOptions,
): LossResult {
  const classCount = checkBatch(logits, labels);
  checkRange("beta", beta);
  const rows = logits.map((row, index): RowLoss => {
    const hard = softCrossEntropy(row, oneHot(labels[index]!, classCount));
    const logProbabilities = logSoftmax(row);
    const terms = logProbabilities.map((value) => (Math.exp(value) === 0 ? 0 : Math.exp(value) * value));
    const entropy = -sum(terms);
    return {
      loss: hard.loss - beta * entropy,
      gradient: hard.gradient.map((value, k) => value + beta * (terms[k]! + Math.exp(logProbabilities[k]!) * entropy)),
    };
  });
  return reduceRows(rows, reduction);
}
