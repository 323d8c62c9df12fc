import { sum } from "../numerics/sum.ts";
import { perClassValue } from "../plans/perClassValue.ts";
import { planAtEpoch } from "../plans/planAtEpoch.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";
import { targetRow } from "../plans/targetRow.ts";
import { checkBatch } from "./checkBatch.ts";
import { largestIndex } from "./largestIndex.ts";
import type { LossResult } from "./lossResult.ts";
import { reduceRows } from "./reduceRows.ts";
import type { RowLoss } from "./rowLoss.ts";
import { softCrossEntropy } from "./softCrossEntropy.ts";

/**
 * The loss of a batch under a plan, in float64 and with its gradient: what every trainer must reproduce.
 *
 * Each example: w_y CE(c, softmax(s (z + offset - margin_y onehot))) with c = q(y), or c_k = v_k q_k(y) under
 * class-term weights v. The mean divides by N, under class-term weights by the sum of v_y, as PyTorch does.
 *
 * @param plan a plan whose mixing is known before training
 * @param logits N x K
 * @param batch the labels, and the epoch for plans that change over time (default 0)
 * @returns the mean loss in nats and its gradient, N x K
 * @throws ArgumentError those of `targetRow`; `not_finite`, `wrong_length`, `class_out_of_range`, `empty_input`
 */
export function planLoss(
  plan: TargetPlan,
  logits: readonly ArrayLike<number>[],
  batch: { readonly labels: readonly number[]; readonly epoch?: number },
): LossResult {
  const { labels, epoch = 0 } = batch;
  checkBatch(logits, labels);
  const current = planAtEpoch(plan, epoch);
  const rows = logits.map((row, index) => exampleLoss(current, row, labels[index]!));
  const terms = current.classTermWeight;
  return reduceRows(
    rows,
    "mean",
    terms === null ? rows.length : sum(labels.map((label) => perClassValue(terms, label))),
  );
}

function exampleLoss(plan: TargetPlan, logits: ArrayLike<number>, label: number): RowLoss {
  const { classTermWeight, logitOffset, margin } = plan;
  const scale = margin?.scale ?? 1;
  const ownMargin = margin === null ? 0 : perClassValue(margin.perClass, label);
  // the largest logit is taken out first, so that offset and margin are not rounded away beside a huge one
  const largest = logits[largestIndex(logits)]!;
  const seen = Float64Array.from(
    logits,
    (logit, k) => scale * (logit - largest + (logitOffset?.[k] ?? 0) - (k === label ? ownMargin : 0)),
  );
  const targets = targetRow(plan, label);
  const coefficients =
    classTermWeight === null ? targets : targets.map((mass, k) => mass * perClassValue(classTermWeight, k));
  const plain = softCrossEntropy(seen, coefficients);
  const weight = perClassValue(plan.sampleWeight, label);
  return { loss: weight * plain.loss, gradient: plain.gradient.map((value) => weight * scale * value) };
}
