import { logSoftmax } from "../numerics/logSoftmax.ts";
import { sum } from "../numerics/sum.ts";
import { checkChoice } from "../validation/checkChoice.ts";
import { checkBatch } from "./checkBatch.ts";
import { checkTargetRows } from "./checkTargetRows.ts";
import type { LossResult } from "./lossResult.ts";
import { reduceRows } from "./reduceRows.ts";

/** Options of {@link meanSquaredError}. */
export interface MeanSquaredErrorOptions {
  /** What is compared with the targets: softmax(z) or z itself. */
  readonly output: "softmax" | "linear";
  /** `meanOverElements` divides by N K (PyTorch; default), `meanOverSamples` by N, `none` gives one sum for each row. */
  readonly reduction?: "meanOverElements" | "meanOverSamples" | "sum" | "none";
}

/**
 * Squared error of a model's output o against targets: sum_k (o_k - q_k)^2. For linear output the gradient is
 * 2 (z - q); for softmax 2 p_k (d_k - sum_j d_j p_j) with d = p - q, so smoothing does not enter as (target - output)
 * alone. On linear outputs with a bias smoothing is an affine map of the targets and leaves the argmax as it was.
 *
 * @param logits z, N x K
 * @param targets q, N x K
 * @param options output and reduction
 * @returns the loss and its gradient with respect to the logits
 * @throws ArgumentError `not_finite`, `wrong_length`, `empty_input`
 * @see https://docs.pytorch.org/docs/stable/generated/torch.nn.MSELoss.html
 */
export function meanSquaredError(
  logits: readonly ArrayLike<number>[],
  targets: readonly ArrayLike<number>[],
  options: MeanSquaredErrorOptions,
): LossResult {
  const classCount = checkBatch(logits);
  checkTargetRows(targets, logits);
  const { output, reduction = "meanOverElements" } = options;
  checkChoice("output", output, ["softmax", "linear"]);
  const divisors = {
    meanOverElements: logits.length * classCount,
    meanOverSamples: logits.length,
    sum: 1,
    none: 1,
  };
  checkChoice("reduction", reduction, Object.keys(divisors));
  const divisor = divisors[reduction];
  const rows = logits.map((row, index) => squaredErrorRow(row, targets[index]!, output));
  const { loss, gradient } = reduceRows(rows, reduction === "none" ? "none" : "sum");
  if (typeof loss !== "number") return { loss, gradient };
  return { loss: loss / divisor, gradient: gradient.map((row) => row.map((value) => value / divisor)) };
}

function squaredErrorRow(logits: ArrayLike<number>, targets: ArrayLike<number>, output: "softmax" | "linear") {
  const outputs = output === "softmax" ? logSoftmax(logits).map(Math.exp) : Float64Array.from(logits);
  const differences = outputs.map((value, index) => value - targets[index]!);
  const loss = sum(differences.map((difference) => difference ** 2));
  if (output === "linear") return { loss, gradient: differences.map((difference) => 2 * difference) };
  const projected = sum(differences.map((difference, index) => difference * outputs[index]!));
  return { loss, gradient: outputs.map((share, index) => 2 * share * (differences[index]! - projected)) };
}
