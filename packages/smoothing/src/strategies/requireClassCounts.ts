import type { PlanContext } from "../plans/planContext.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkClassCounts } from "../validation/checkClassCounts.ts";
import type { StrategySpec } from "./strategySpec.ts";

/**
 * The class counts of the context, for a strategy that cannot do without them.
 * @throws ArgumentError `missing_class_counts`, `wrong_length`, `invalid_class_counts`
 */
export function requireClassCounts(strategy: StrategySpec, context: PlanContext): readonly number[] {
  if (context.classCounts === undefined) {
    const rule = `must be given for strategy ${strategy.kind}`;
    throw new ArgumentError("missing_class_counts", { argument: "classCounts", rule, value: undefined });
  }
  checkClassCounts(context.classCounts, { classCount: context.classCount, emptyAllowed: true });
  return context.classCounts;
}
