import type { SmoothingSpec } from "../conventions/smoothingSpec.ts";
import type { PlanContext } from "../plans/planContext.ts";
import { labelAwareEpsilon } from "../strengths/labelAwareEpsilon.ts";
import { reducedEpsilon } from "../strengths/reducedEpsilon.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkRange } from "../validation/checkRange.ts";
import { requireClassCounts } from "./requireClassCounts.ts";
import type { StrategySpec } from "./strategySpec.ts";
import type { Treatment } from "./treatment.ts";

/** The strategies that change the strength e(y); null for any other. */
export function strengthTreatment(
  strategy: StrategySpec,
  smoothing: SmoothingSpec,
  context: PlanContext,
): Treatment | null {
  const { classCount } = context;
  switch (strategy.kind) {
    case "none":
    case "uniform":
      return {};
    case "smaller-epsilon": {
      if (strategy.factor !== undefined) checkRange("factor", strategy.factor, { min: 0, max: 1 });
      const epsilon =
        strategy.factor === undefined
          ? reducedEpsilon(smoothing.epsilon, requireClassCounts(strategy, context))
          : smoothing.epsilon * strategy.factor;
      return { strength: new Array<number>(classCount).fill(epsilon) };
    }
    case "per-class":
      if (strategy.epsilons.length !== classCount) {
        const rule = `must hold ${classCount} strengths`;
        throw new ArgumentError("wrong_length", { argument: "epsilons", rule, value: strategy.epsilons.length });
      }
      return { strength: strategy.epsilons };
    case "label-aware":
      return { strength: labelAwareEpsilon(requireClassCounts(strategy, context), strategy) };
    default:
      return null;
  }
}
