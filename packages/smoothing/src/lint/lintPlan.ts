import type { TargetPlan } from "../plans/targetPlan.ts";
import type { LintWarning } from "./lintWarning.ts";
import { targetRules } from "./targetRules.ts";
import { usageRules } from "./usageRules.ts";

/** How a plan is used, as far as it is known; what is left out raises no warning. */
export interface LintContext {
  /** The class distribution of the test data. */
  readonly testPrior?: "training" | "balanced";
  /** Whether the labels are soft before this smoothing: a teacher, crowd votes, smoothing in the data pipeline. */
  readonly softLabels?: boolean;
  /** Whether Mixup or CutMix is used; timm's smooths by 0.1 unless told otherwise. */
  readonly mixup?: boolean;
  /** Whether the trained model will teach another one. */
  readonly teacherForDistillation?: boolean;
}

/**
 * Warnings about a plan that is legal but probably not meant: what papers and code got wrong, by code.
 *
 * | code | when |
 * |---|---|
 * | unnormalised_targets | rows do not sum to 1 |
 * | true_class_not_largest | some class gets less than another in its own row |
 * | off_target_doubles_at_two_classes | off-target with two (usable) classes: 0.1 is uniform 0.2 |
 * | epsilon_often_excessive | canonical epsilon above 0.2 |
 * | epsilon_not_used | a strength is given that the strategy ignores |
 * | class_term_weights_change_optimum, class_term_weights_flip_argmax | PyTorch's class weights with smoothing |
 * | logit_adjustment_too_strong | tau of 1 or more with canonical epsilon of 0.1 or more |
 * | prior_smoothing_on_balanced_test | class-prior mixing judged on balanced test data |
 * | double_smoothing | soft labels or Mixup, smoothed again |
 * | smoothed_teacher | a smoothed model meant as a teacher |
 *
 * @param plan any plan
 * @param context how it is used, as far as it is known
 * @returns the warnings, in the order of the table; O(K) unless the mixing is a matrix
 */
export function lintPlan(plan: TargetPlan, context: LintContext = {}): LintWarning[] {
  return [...targetRules(plan), ...usageRules(plan, context)];
}
