import type { PerClass } from "../plans/perClass.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";
import { targetFeatures } from "./targetFeatures.ts";

/** A plan reduced to what training can tell apart: named lists of numbers, and words for what has no numbers. */
export interface PlanFeatures {
  readonly words: string;
  /** A list of length 1 stands for equal numbers throughout. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
}

/**
 * The features of a plan. Two plans train the same exactly when their features agree: whatever cannot matter is left
 * out (weights that are all 1, a constant added to all logits, a schedule of nothing), and whatever can be written in
 * two ways is written in one.
 */
export function planFeatures(plan: TargetPlan): PlanFeatures {
  const numbers = new Map<string, readonly number[]>();
  const targets = targetFeatures(plan);
  for (const [name, values] of targets.numbers) numbers.set(name, values);
  addWeights(plan, numbers);
  addOffset("logit-offset", plan.logitOffset, numbers);
  addOffset("post-hoc-offset", plan.postHocOffset, numbers);
  if (plan.margin !== null) {
    numbers.set("margin", listed(plan.margin.perClass));
    numbers.set("margin-scale", [plan.margin.scale]);
  }
  if (plan.sampling !== null) {
    numbers.set("sampling", plan.sampling.classProbability);
    if (plan.sampling.finalClassProbability !== null) {
      numbers.set("sampling-final", plan.sampling.finalClassProbability);
      numbers.set("sampling-epochs", [plan.sampling.epochs ?? -1]);
    }
  }
  const schedule = plan.schedule === null || !targets.smoothed ? "" : `|schedule ${JSON.stringify(plan.schedule)}`;
  return { words: `K${plan.classCount}|${targets.words}${schedule}`, numbers };
}

function addWeights(plan: TargetPlan, numbers: Map<string, readonly number[]>): void {
  const weights = listed(plan.sampleWeight);
  if (weights.some((weight) => weight !== 1)) numbers.set("sample-weight", weights);
  if (plan.classTermWeight !== null) {
    // PyTorch's mean divides by the sum of the weights, so that a common factor cancels.
    const terms = listed(plan.classTermWeight);
    const largest = terms.reduce((a, b) => Math.max(a, b));
    if (terms.some((weight) => weight !== largest)) {
      numbers.set(
        "class-term-weight",
        terms.map((weight) => weight / largest),
      );
    }
  }
  if (plan.deferredWeight !== null) {
    numbers.set("deferred-weight", listed(plan.deferredWeight.sampleWeight));
    numbers.set("deferred-epoch", [plan.deferredWeight.startEpoch]);
  }
}

/** Softmax and argmax do not see a constant: the largest offset becomes 0. */
function addOffset(name: string, offset: readonly number[] | null, numbers: Map<string, readonly number[]>): void {
  if (offset === null) return;
  const largest = offset.reduce((a, b) => Math.max(a, b));
  if (offset.some((value) => value !== largest)) {
    numbers.set(
      name,
      offset.map((value) => value - largest),
    );
  }
}

function listed(values: PerClass): readonly number[] {
  return typeof values === "number" ? [values] : values;
}
