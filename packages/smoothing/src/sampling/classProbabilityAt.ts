import { checkRange } from "../validation/checkRange.ts";
import type { SamplingPlan } from "./samplingSpec.ts";

/**
 * The probability of drawing each class in one epoch of a sampling plan: (1 - s) start + s end with
 * s = min(1, t / (n - 1)).
 *
 * @param epoch t, counted from 0
 * @param epochCount epochs of the whole training, used where the plan gives no length of its own
 * @param plan from `classSampling`
 * @returns K probabilities that sum to 1
 * @throws ArgumentError `out_of_range`
 * @see Kang et al. 2020, https://arxiv.org/abs/1910.09217
 */
export function classProbabilityAt(plan: SamplingPlan, epoch: number, epochCount: number): readonly number[] {
  checkRange("epoch", epoch, { min: 0 });
  checkRange("epochCount", epochCount, { min: 1 });
  const { classProbability, finalClassProbability } = plan;
  if (finalClassProbability === null) return classProbability;
  const length = plan.epochs ?? epochCount;
  const share = length <= 1 ? 1 : Math.min(1, epoch / (length - 1));
  return classProbability.map((start, index) => (1 - share) * start + share * finalClassProbability[index]!);
}
