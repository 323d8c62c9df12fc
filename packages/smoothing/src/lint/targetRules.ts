import { canonicalEpsilon } from "../conventions/canonicalEpsilon.ts";
import { isUnnormalised } from "../conventions/isUnnormalised.ts";
import { perClassValue } from "../plans/perClassValue.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";
import { largestEpsilon } from "./largestEpsilon.ts";
import { largestRival } from "./largestRival.ts";
import type { LintWarning } from "./lintWarning.ts";

/** Strategies that bring their own strengths. */
const ownStrength: ReadonlySet<TargetPlan["strategy"]["kind"]> = new Set(["per-class", "label-aware", "hierarchical"]);

/** A canonical epsilon above this is seldom wanted. */
const excessive = 0.2;

/** What can be said of the targets alone. */
export function targetRules(plan: TargetPlan): LintWarning[] {
  const { smoothing, strategy, classCount } = plan;
  const warnings: LintWarning[] = [];
  if (isUnnormalised(smoothing.convention)) {
    const message = `rows of convention ${smoothing.convention} sum to ${perClassValue(plan.rowSum, 0)}, which also scales the loss; the same targets normalised are uniform ${canonicalEpsilon(smoothing, classCount)}`;
    warnings.push({ code: "unnormalised_targets", message });
  }
  const rival = largestRival(plan, () => 1);
  if (rival !== null) {
    const message = `class ${rival.rival} gets more than class ${rival.trueClass} in the targets of class ${rival.trueClass}; lower epsilon`;
    warnings.push({ code: "true_class_not_largest", message });
  }
  if (smoothing.convention === "off-target" && classCount === 2 && smoothing.epsilon > 0) {
    const message = `off-target ${smoothing.epsilon} at K = 2 is uniform ${canonicalEpsilon(smoothing, 2)}, twice the number`;
    warnings.push({ code: "off_target_doubles_at_two_classes", message });
  }
  const largest = largestEpsilon(plan);
  if (largest > excessive + 1e-12) {
    const message = `canonical epsilon ${largest} is above ${excessive}, which is often excessive: expect under-confidence`;
    warnings.push({ code: "epsilon_often_excessive", message });
  }
  if (ownStrength.has(strategy.kind) && smoothing.epsilon > 0) {
    const message = `strategy ${strategy.kind} brings its own strength; epsilon ${smoothing.epsilon} is not used`;
    warnings.push({ code: "epsilon_not_used", message });
  }
  return warnings;
}
