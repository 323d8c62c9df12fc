import { isUnnormalised } from "../conventions/isUnnormalised.ts";
import type { TargetPlan } from "./targetPlan.ts";

/** A number in at most six significant digits. */
function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/**
 * A plan in words, for people: "off-target 0.09 at K = 10 is uniform 0.1".
 *
 * @param plan any plan
 * @returns one line without a full stop
 */
export function explainPlan(plan: TargetPlan): string {
  const { smoothing, strategy } = plan;
  const parts = [explainTargets(plan)];
  if (strategy.kind !== "none" && strategy.kind !== "uniform") parts.push(`strategy ${strategy.kind}`);
  if (isUnnormalised(smoothing.convention)) parts.push(`rows sum to ${rangeOf(plan.rowSum)}, so the loss is scaled`);
  if (plan.schedule !== null) parts.push(`schedule ${plan.schedule.kind}`);
  return parts.join("; ");
}

function explainTargets(plan: TargetPlan): string {
  const { smoothing, classCount } = plan;
  if (plan.strategy.kind === "hierarchical") {
    return "each class has a row of its own by its distances in the taxonomy";
  }
  if (plan.mixing.kind === "matrix" && plan.epsilon === 1) return "each class has a row of its own";
  const written = `${smoothing.convention} ${short(smoothing.epsilon)} at K = ${classCount}`;
  if (plan.epsilon === 0) return `${written} is the hard label`;
  if (plan.mixing.kind !== "uniform" || typeof plan.epsilon !== "number") {
    return `${written} mixes in ${mixingWords(plan)} with canonical epsilon ${rangeOf(plan.epsilon)}`;
  }
  const canonical = `uniform ${short(plan.epsilon)}`;
  return smoothing.convention === "uniform" ? `${canonical} at K = ${classCount}` : `${written} is ${canonical}`;
}

function mixingWords(plan: TargetPlan): string {
  const words: Record<typeof plan.mixing.kind, string> = {
    uniform: "the uniform distribution",
    vector: "a prior",
    matrix: "a distribution of its own for each class",
    teacher: "a teacher's predictions",
    online: "the mean of the correct predictions",
    zipf: "Zipf's law over the predicted ranks",
  };
  return words[plan.mixing.kind];
}

function rangeOf(values: number | readonly number[]): string {
  if (typeof values === "number") return short(values);
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return low === high ? short(low) : `${short(low)} to ${short(high)}`;
}
