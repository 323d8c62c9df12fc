import type { ConventionName } from "../conventions/conventionName.ts";
import { isUnnormalised } from "../conventions/isUnnormalised.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";
import { largestEpsilon } from "./largestEpsilon.ts";
import { largestRival } from "./largestRival.ts";
import type { LintWarning } from "./lintWarning.ts";

/** Strategies that bring their own strengths. */
const ownStrength: ReadonlySet<TargetPlan["strategy"]["kind"]> = new Set(["per-class", "label-aware", "hierarchical"]);

/** A canonical epsilon above this is seldom wanted. */
const excessive = 0.2;

/** A row sum that is not 1, or null; the row of a padding class is no target. A convention without division is always off. */
function rowSumOff({ smoothing, rowSum }: TargetPlan): number | null {
  const sums = typeof rowSum === "number" ? [rowSum] : rowSum;
  const off = sums.find((total) => total !== 0 && Math.abs(total - 1) > 1e-12);
  return off ?? (isUnnormalised(smoothing.convention) ? sums[0]! : null);
}

/** What can be said of the targets alone. */
export function targetRules(plan: TargetPlan): LintWarning[] {
  const { smoothing, strategy, classCount } = plan;
  const warnings: LintWarning[] = [];
  const off = rowSumOff(plan);
  if (off !== null) {
    const message = `rows of convention ${smoothing.convention} sum to ${off}, which also scales the loss; divided by it they would be distributions`;
    warnings.push({ code: "unnormalised_targets", message });
  }
  const rival = largestRival(plan, () => 1);
  if (rival !== null) {
    const message = `class ${rival.rival} gets more than class ${rival.trueClass} in the targets of class ${rival.trueClass}; lower epsilon`;
    warnings.push({ code: "true_class_not_largest", message });
  }
  const largest = largestEpsilon(plan);
  const doubling = { "off-target": 2, "off-target-exclude-pad": 3 } as Partial<Record<ConventionName, number>>;
  if (doubling[smoothing.convention] === classCount && largest > 0) {
    const message = `${smoothing.convention} at K = ${classCount} doubles the number, because one other class takes all: 0.1 is uniform 0.2`;
    warnings.push({ code: "off_target_doubles_at_two_classes", message });
  }
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
