import type { PerClass } from "../plans/perClass.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";
import { listsNear, near } from "./near.ts";
import { scheduleWords } from "./scheduleWords.ts";
import { targetFeatures } from "./targetFeatures.ts";

/** A plan reduced to what training can tell apart: named lists of numbers, and words for what has no numbers. */
export interface PlanFeatures {
  readonly words: string;
  /** A list of length 1 stands for equal numbers throughout. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
}

type Numbers = Map<string, readonly number[]>;

/**
 * The features of a plan. Two plans train the same exactly when their features agree: whatever cannot matter is left
 * out (weights that are all 1, a constant added to all logits, a schedule of nothing), and whatever can be written in
 * two ways is written in one.
 */
export function planFeatures(plan: TargetPlan): PlanFeatures {
  // switched off before the first epoch: the label is hard throughout
  const isNeverOn = plan.schedule?.kind === "switch-off" && plan.schedule.epoch <= 0;
  const targets = targetFeatures(isNeverOn ? { ...plan, epsilon: 0 } : plan);
  const numbers: Numbers = new Map(targets.numbers);
  addWeights(plan, numbers);
  addOffset("logit-offset", plan.logitOffset, numbers);
  addOffset("post-hoc-offset", plan.postHocOffset, numbers);
  addMargin(plan, numbers);
  addSampling(plan, numbers);
  const schedule = targets.smoothed ? scheduleWords(plan.schedule) : "";
  return { words: `K${plan.classCount}|${targets.words}${schedule}`, numbers };
}

function addWeights(plan: TargetPlan, numbers: Numbers): void {
  const weights = listed(plan.sampleWeight);
  if (!listsNear(weights, [1])) numbers.set("sample-weight", weights);
  if (plan.classTermWeight !== null) {
    // PyTorch's mean divides by the sum of the weights, so that a common factor cancels.
    const terms = listed(plan.classTermWeight);
    const largest = terms.reduce((a, b) => Math.max(a, b));
    if (!listsNear(terms, [largest])) {
      numbers.set(
        "class-term-weight",
        terms.map((weight) => weight / largest),
      );
    }
  }
  if (plan.deferredWeight === null) return;
  const deferred = listed(plan.deferredWeight.sampleWeight);
  if (listsNear(deferred, weights)) return;
  numbers.set("deferred-weight", deferred);
  numbers.set("deferred-epoch", [plan.deferredWeight.startEpoch]);
}

/** Softmax and argmax do not see a constant: the largest offset becomes 0. */
function addOffset(name: string, offset: readonly number[] | null, numbers: Numbers): void {
  if (offset === null) return;
  const largest = offset.reduce((a, b) => Math.max(a, b));
  if (listsNear(offset, [largest])) return;
  numbers.set(
    name,
    offset.map((value) => value - largest),
  );
}

function addMargin({ margin }: TargetPlan, numbers: Numbers): void {
  if (margin === null) return;
  const margins = listed(margin.perClass);
  if (listsNear(margins, [0]) && near(margin.scale, 1)) return;
  numbers.set("margin", margins);
  numbers.set("margin-scale", [margin.scale]);
}

function addSampling({ sampling }: TargetPlan, numbers: Numbers): void {
  if (sampling === null) return;
  const { classProbability, finalClassProbability, epochs } = sampling;
  numbers.set("sampling", classProbability);
  if (finalClassProbability === null || listsNear(finalClassProbability, classProbability)) return;
  numbers.set("sampling-final", finalClassProbability);
  numbers.set("sampling-epochs", [epochs ?? -1]);
}

function listed(values: PerClass): readonly number[] {
  return typeof values === "number" ? [values] : values;
}
