import { sum } from "../numerics/sum.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkChoice } from "../validation/checkChoice.ts";
import { checkRange } from "../validation/checkRange.ts";
import { checkBatch } from "./checkBatch.ts";
import { checkRepresentable } from "./checkRepresentable.ts";
import { checkTargetRows } from "./checkTargetRows.ts";
import { type Reduction, reductions } from "./reduction.ts";

/** Options of {@link bceWithLogits}. */
export interface BceOptions {
  /** w_k on the positive term of each label (default all 1). */
  readonly posWeight?: readonly number[];
  /** Default "mean", over all N K elements. */
  readonly reduction?: Reduction;
}

/** A loss for each element, or one. */
export interface BceResult {
  readonly loss: number | readonly Float64Array[];
  readonly gradient: readonly Float64Array[];
}

/**
 * Binary cross entropy of independent sigmoids: L = -[w t ln s(x) + (1-t) ln s(-x)] with s the sigmoid, computed from
 * softplus, so that no logit is too large. Gradient (1-t) s(x) - w t s(-x).
 *
 * @param logits x, N x K
 * @param targets t, N x K, usually in [0, 1]
 * @param options weights and reduction
 * @returns the loss in nats, one number or N x K, and its gradient N x K
 * @throws ArgumentError `not_finite`, `wrong_length`, `empty_input`
 * @see https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html
 */
export function bceWithLogits(
  logits: readonly ArrayLike<number>[],
  targets: readonly ArrayLike<number>[],
  options: BceOptions = {},
): BceResult {
  const labelCount = checkBatch(logits);
  checkTargetRows(targets, logits);
  const { posWeight, reduction = "mean" } = options;
  checkChoice("reduction", reduction, reductions);
  if (posWeight !== undefined) checkWeights(posWeight, labelCount);
  const divisor = reduction === "mean" ? logits.length * labelCount : 1;
  const losses = logits.map((row, index) =>
    Float64Array.from(row, (x, k) => {
      const target = targets[index]![k]!;
      return (posWeight?.[k] ?? 1) * target * softplus(-x) + (1 - target) * softplus(x);
    }),
  );
  const gradient = logits.map((row, index) =>
    Float64Array.from(row, (x, k) => {
      const target = targets[index]![k]!;
      return ((1 - target) * sigmoid(x) - (posWeight?.[k] ?? 1) * target * sigmoid(-x)) / divisor;
    }),
  );
  const loss = reduction === "none" ? losses : sum(losses.flatMap((row) => Array.from(row))) / divisor;
  for (const values of [...losses, ...gradient, ...(typeof loss === "number" ? [[loss]] : [])])
    checkRepresentable(values);
  return { loss, gradient };
}

function checkWeights(posWeight: readonly number[], labelCount: number): void {
  if (posWeight.length !== labelCount) {
    const rule = `must hold ${labelCount} weights`;
    throw new ArgumentError("wrong_length", { argument: "posWeight", rule, value: posWeight.length });
  }
  posWeight.forEach((weight, index) => {
    checkRange(`posWeight[${index}]`, weight, { min: 0 });
  });
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function sigmoid(x: number): number {
  const small = Math.exp(-Math.abs(x));
  return x >= 0 ? 1 / (1 + small) : small / (1 + small);
}
