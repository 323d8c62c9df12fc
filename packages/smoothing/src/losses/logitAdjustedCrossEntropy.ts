import { logitAdjustment } from "../logits/logitAdjustment.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkRange } from "../validation/checkRange.ts";
import { checkBatch } from "./checkBatch.ts";
import type { LossResult } from "./lossResult.ts";
import { oneHot } from "./oneHot.ts";
import { reduceRows } from "./reduceRows.ts";
import type { Reduction } from "./reduction.ts";
import { softCrossEntropy } from "./softCrossEntropy.ts";

/** Options of {@link logitAdjustedCrossEntropy}. */
export interface LogitAdjustedOptions {
  /** n_k of the training data. */
  readonly classCounts: readonly number[];
  /** Default 1. */
  readonly tau?: number;
  /** Uniform smoothing of the labels, e in [0, 1] (default 0). */
  readonly labelSmoothing?: number;
  /** Default "mean". */
  readonly reduction?: Reduction;
}

/**
 * Logit-adjusted cross entropy: the (smoothed) cross entropy of z + tau ln pi.
 *
 * @param logits z, N x K finite numbers
 * @param labels N classes in [0, K)
 * @param options class counts, tau, smoothing, reduction
 * @returns the loss and its gradient with respect to the logits, in nats
 * @throws ArgumentError `not_finite`, `wrong_length`, `class_out_of_range`, `empty_class`, `epsilon_out_of_range`
 * @see Menon et al. 2021, https://arxiv.org/abs/2007.07314
 */
export function logitAdjustedCrossEntropy(
  logits: readonly ArrayLike<number>[],
  labels: readonly number[],
  options: LogitAdjustedOptions,
): LossResult {
  const { classCounts, tau = 1, labelSmoothing = 0, reduction = "mean" } = options;
  const classCount = checkBatch(logits, labels);
  checkRange("labelSmoothing", labelSmoothing, { min: 0, max: 1, code: "epsilon_out_of_range" });
  if (classCounts.length !== classCount) {
    const rule = `must hold ${classCount} counts`;
    throw new ArgumentError("wrong_length", { argument: "classCounts", rule, value: classCounts.length });
  }
  const offset = logitAdjustment(classCounts, tau);
  const rows = logits.map((row, index) =>
    softCrossEntropy(
      Float64Array.from(row, (logit, k) => logit + offset[k]!),
      oneHot(labels[index]!, classCount).map((mass) => (1 - labelSmoothing) * mass + labelSmoothing / classCount),
    ),
  );
  return reduceRows(rows, reduction);
}
