import type { LintWarning } from "../lint/lintWarning.ts";
import { sum } from "../numerics/sum.ts";
import { flatten } from "../tensors/flatten.ts";
import type { Flat, Nested } from "../tensors/nested.ts";
import { unflatten } from "../tensors/unflatten.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkChoice } from "../validation/checkChoice.ts";
import { checkClassCount } from "../validation/checkClassCount.ts";
import { checkRange } from "../validation/checkRange.ts";
import { checkRepresentable } from "./checkRepresentable.ts";
import { crossEntropyRows, type RowTarget } from "./crossEntropyRows.ts";
import { crossEntropyWarnings } from "./crossEntropyWarnings.ts";
import { type Reduction, reductions } from "./reduction.ts";
import { softCrossEntropy } from "./softCrossEntropy.ts";

/** Options of {@link crossEntropy}; defaults are PyTorch's. */
export interface CrossEntropyOptions {
  /** s in [0, 1] (default 0). */
  readonly labelSmoothing?: number;
  /** w_k, finite and 0 or more (default all 1). */
  readonly classWeights?: readonly number[];
  /** The index that marks a target to be left out (default -100); only for index targets. */
  readonly ignoreIndex?: number;
  /** Default "mean". */
  readonly reduction?: Reduction;
}

/** A loss, its gradient with respect to the logits, and what is doubtful about the call. */
export interface CrossEntropyResult {
  /** A number; for reduction "none" of the shape of the targets without their class axis. */
  readonly loss: Nested;
  /** Of the shape of the logits; for reduction "none" that of the summed loss. */
  readonly gradient: Nested;
  readonly warnings: readonly LintWarning[];
}

/**
 * `torch.nn.functional.cross_entropy` in float64, with its gradient. Class axis 1, or 0 for one row without a batch.
 *
 * Index targets: L_i = (1-s) w_y (-ln p_y) + (s/K) sum_k w_k (-ln p_k); "mean" divides by the sum of w_y over targets
 * that are not ignored. Probability targets (of the shape of the logits): q' = (1-s) q + s/K, L_i = -sum w_k q'_k ln p_k;
 * "mean" divides by the number of rows, not by weights. So the two disagree under class weights.
 *
 * PyTorch's traps are refused: a negative smoothing (which it silently ignores), an ignoreIndex >= 0 with probability
 * targets, the 0/0 of a batch without targets. Others are reported in `warnings`: class weights that change what the
 * smoothing aims at, smoothing on top of soft targets, rows that do not sum to 1, a weighted mean over probabilities.
 *
 * @param logits z, of shape [K], [N, K] or [N, K, ...]
 * @param targets class indices of the shape without the class axis, or probabilities of the same shape
 * @param options smoothing, weights, ignored index, reduction
 * @returns the loss in nats, its gradient and warnings
 * @throws ArgumentError `epsilon_out_of_range`, `class_out_of_range`, `class_count_too_small`, `wrong_length`,
 * `not_finite`, `empty_input`, `no_target_left`, `pytorch_trap`, `invalid_argument`
 * @example crossEntropy([[2, 0, 0]], [0], { labelSmoothing: 0.1 }).loss;
 * @see https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html
 */
export function crossEntropy(logits: Nested, targets: Nested, options: CrossEntropyOptions = {}): CrossEntropyResult {
  const z = flatten("logits", logits);
  if (z.values.length === 0 || z.shape.length === 0) {
    throw new ArgumentError("empty_input", { argument: "logits", rule: "must hold at least one row", value: logits });
  }
  const classAxis = z.shape.length === 1 ? 0 : 1;
  const classCount = z.shape[classAxis]!;
  checkOptions(options, classCount);
  const flatTargets = flatten("targets", targets);
  const rows = crossEntropyRows({ logits: z, targets: flatTargets, classAxis, options });
  const outcome = reducedRows(z, rows, { classAxis, reduction: options.reduction ?? "mean" });
  return { ...outcome, warnings: crossEntropyWarnings(rows, options) };
}

function checkOptions(options: CrossEntropyOptions, classCount: number): void {
  const { labelSmoothing = 0, classWeights, reduction = "mean" } = options;
  checkClassCount(classCount, "the class axis of logits");
  checkChoice("reduction", reduction, reductions);
  checkRange("labelSmoothing", labelSmoothing, { min: 0, max: 1, code: "epsilon_out_of_range" });
  if (classWeights === undefined) return;
  if (classWeights.length !== classCount) {
    const rule = `must hold ${classCount} weights`;
    throw new ArgumentError("wrong_length", { argument: "classWeights", rule, value: classWeights.length });
  }
  classWeights.forEach((weight, index) => {
    checkRange(`classWeights[${index}]`, weight, { min: 0 });
  });
}

function reducedRows(
  logits: Flat,
  rows: readonly RowTarget[],
  { classAxis, reduction }: { classAxis: number; reduction: Reduction },
): Pick<CrossEntropyResult, "loss" | "gradient"> {
  const divisor = reduction === "mean" ? sum(rows.map((row) => row.meanWeight)) : 1;
  if (divisor === 0) {
    const rule = "must leave a target with a weight above 0 to take a mean over";
    throw new ArgumentError("no_target_left", { argument: "targets", rule, value: rows.length });
  }
  const gradient = new Float64Array(logits.values.length);
  const losses = rows.map(({ positions, coefficients }) => {
    if (coefficients === null) return 0;
    const row = softCrossEntropy(
      positions.map((position) => logits.values[position]!),
      coefficients,
    );
    positions.forEach((position, index) => {
      gradient[position] = row.gradient[index]! / divisor;
    });
    return row.loss;
  });
  const total = sum(losses) / divisor;
  checkRepresentable(gradient);
  checkRepresentable(reduction === "none" ? losses : [total]);
  const loss = reduction === "none" ? unflatten(losses, logits.shape.toSpliced(classAxis, 1)) : total;
  return { loss, gradient: unflatten(gradient, logits.shape) };
}
