import { logSoftmax } from "../numerics/logSoftmax.ts";
import { checkRange } from "../validation/checkRange.ts";
import { checkBatch } from "./checkBatch.ts";
import type { LossResult } from "./lossResult.ts";
import { reduceRows } from "./reduceRows.ts";
import type { Reduction } from "./reduction.ts";
import type { RowLoss } from "./rowLoss.ts";

/** Options of {@link focalLoss}. */
export interface FocalOptions {
  /** g, 0 or more; 0 is cross entropy. */
  readonly gamma: number;
  /** Default "mean". */
  readonly reduction?: Reduction;
}

/**
 * Focal loss: -(1 - p_y)^g ln p_y, which lowers the weight of examples that are right already.
 * 1 - p_y is computed as -expm1(ln p_y). With x = 1 - p_y, the gradient is (g p x^(g-1) ln p - x^g) (onehot - p); the
 * first term is written p x^g (ln p / x), whose quotient tends to -1, so nothing is 0/0 at p = 1.
 *
 * @param logits N x K
 * @param labels N classes
 * @param options gamma and reduction
 * @returns the loss and its gradient with respect to the logits, in nats
 * @throws ArgumentError `not_finite`, `wrong_length`, `class_out_of_range`, `empty_input`, `out_of_range`
 * @see Lin et al. 2017, https://arxiv.org/abs/1708.02002
 */
export function focalLoss(
  logits: readonly ArrayLike<number>[],
  labels: readonly number[],
  { gamma, reduction = "mean" }: FocalOptions,
): LossResult {
  checkBatch(logits, labels);
  checkRange("gamma", gamma, { min: 0 });
  const rows = logits.map((row, index) => focalRow(logSoftmax(row), labels[index]!, gamma));
  return reduceRows(rows, reduction);
}

function focalRow(logProbabilities: Float64Array, trueClass: number, gamma: number): RowLoss {
  const logTrue = logProbabilities[trueClass]!;
  const missing = -Math.expm1(logTrue);
  const power = missing ** gamma;
  const quotient = missing === 0 ? -1 : logTrue / missing;
  const slope = gamma * Math.exp(logTrue) * power * quotient - power;
  return {
    loss: power === 0 ? 0 : -power * logTrue,
    gradient: logProbabilities.map((value, index) => slope * (index === trueClass ? missing : -Math.exp(value))),
  };
}
