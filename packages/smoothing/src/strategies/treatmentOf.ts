import type { SmoothingSpec } from "../conventions/smoothingSpec.ts";
import type { PlanContext } from "../plans/planContext.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { imbalanceTreatment } from "./imbalanceTreatment.ts";
import { mixingTreatment } from "./mixingTreatment.ts";
import type { StrategySpec } from "./strategySpec.ts";
import { strengthTreatment } from "./strengthTreatment.ts";
import type { Treatment } from "./treatment.ts";

/**
 * Turns a strategy into what it changes in a plan of plain smoothing.
 * @throws ArgumentError `invalid_argument` for an unknown kind; those of the strategy's own functions
 */
export function treatmentOf(strategy: StrategySpec, smoothing: SmoothingSpec, context: PlanContext): Treatment {
  const treatment =
    strengthTreatment(strategy, smoothing, context) ??
    mixingTreatment(strategy, context) ??
    imbalanceTreatment(strategy, context);
  if (treatment !== null) return treatment;
  const rule = "must be the name of a strategy";
  throw new ArgumentError("invalid_argument", { argument: "strategy.kind", rule, value: strategy.kind });
}
