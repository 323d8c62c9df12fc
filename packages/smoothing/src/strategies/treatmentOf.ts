import type { SmoothingSpec } from "../conventions/smoothingSpec.ts";
import { classPrior } from "../mixing/classPrior.ts";
import type { PlanContext } from "../plans/planContext.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { requireClassCounts } from "./requireClassCounts.ts";
import type { StrategySpec } from "./strategySpec.ts";
import type { Treatment } from "./treatment.ts";

/** Turns a strategy into what it changes in a plan of plain smoothing. */
export function treatmentOf(strategy: StrategySpec, _smoothing: SmoothingSpec, context: PlanContext): Treatment {
  switch (strategy.kind) {
    case "none":
    case "uniform":
      return {};
    case "class-prior":
      return { mixing: { kind: "vector", values: classPrior(requireClassCounts(strategy, context)) } };
    default:
      throw new ArgumentError("invalid_argument", {
        argument: "strategy.kind",
        rule: "must be a known strategy",
        value: strategy.kind,
      });
  }
}
