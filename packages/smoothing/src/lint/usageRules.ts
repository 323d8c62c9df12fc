import type { TargetPlan } from "../plans/targetPlan.ts";
import { flipThreshold } from "./flipThreshold.ts";
import { largestEpsilon } from "./largestEpsilon.ts";
import { largestRival } from "./largestRival.ts";
import type { LintContext } from "./lintPlan.ts";
import type { LintWarning } from "./lintWarning.ts";

/** What can be said of a plan together with its weights, its logit offsets and its use. */
export function usageRules(plan: TargetPlan, context: LintContext): LintWarning[] {
  const epsilon = largestEpsilon(plan);
  const warnings = [...classTermRules(plan, epsilon), ...adjustmentRules(plan, epsilon)];
  if (epsilon === 0 && plan.strategy.kind !== "hierarchical") return warnings;
  if (plan.strategy.kind === "class-prior" && context.testPrior === "balanced") {
    const message =
      "class-prior smoothing helps only where the test data have the training prior; balanced test data call for uniform or inverse-prior mixing";
    warnings.push({ code: "prior_smoothing_on_balanced_test", message });
  }
  if (context.softLabels === true || context.mixup === true) {
    const what = context.softLabels === true ? "the labels are soft already" : "Mixup may smooth by itself (timm: 0.1)";
    warnings.push({
      code: "double_smoothing",
      message: `${what}; smoothing twice gives 1 - (1-e1)(1-e2), smooth once`,
    });
  }
  if (context.teacherForDistillation === true) {
    const message =
      "a smoothed teacher tells its student less about similar classes; train the teacher with hard labels";
    warnings.push({ code: "smoothed_teacher", message });
  }
  return warnings;
}

function classTermRules(plan: TargetPlan, epsilon: number): LintWarning[] {
  const { classTermWeight } = plan;
  if (classTermWeight === null || typeof classTermWeight === "number" || epsilon === 0) return [];
  const message =
    "class weights multiply each term of the smoothed loss, so the optimum is w_k q_k; use the per-sample form";
  const warnings: LintWarning[] = [{ code: "class_term_weights_change_optimum", message }];
  const rival = largestRival(plan, (index) => classTermWeight[index]!);
  if (rival === null) return warnings;
  const ratio = classTermWeight[rival.rival]! / classTermWeight[rival.trueClass]!;
  const threshold = flipThreshold(Math.min(1, epsilon), plan.classCount);
  const flip = `the optimum for class ${rival.trueClass} predicts class ${rival.rival}: their weights' ratio ${ratio} is too large (uniform smoothing flips above K(1-e)/e + 1 = ${threshold}); use the per-sample form`;
  return [...warnings, { code: "class_term_weights_flip_argmax", message: flip }];
}

function adjustmentRules(plan: TargetPlan, epsilon: number): LintWarning[] {
  const { strategy } = plan;
  const adjusted = strategy.kind === "logit-adjusted" || strategy.kind === "balanced-softmax";
  const tau = strategy.kind === "logit-adjusted" ? (strategy.tau ?? 1) : 1;
  if (!adjusted || tau < 1 || epsilon < 0.1 - 1e-12) return [];
  const message = `logit adjustment with tau ${tau} and canonical epsilon ${epsilon} over-corrects, because smoothing caps the logits; sweep tau together with epsilon (best pair measured: tau 0.5)`;
  return [{ code: "logit_adjustment_too_strong", message }];
}
