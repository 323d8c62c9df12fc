import type { PlanContext } from "../plans/planContext.ts";
import type { Taxonomy } from "../taxonomies/taxonomy.ts";
import { taxonomyIndex } from "../taxonomies/taxonomyIndex.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import type { StrategySpec } from "./strategySpec.ts";

/** The most classes whose K x K mixing is worked out: 4,096^2 doubles are 128 MiB. */
const leavesMax = 4096;

/**
 * The taxonomy of the context, for a strategy that cannot do without it.
 * @throws ArgumentError `missing_taxonomy`, `invalid_taxonomy`, `wrong_length` when it does not have K leaves,
 * `out_of_range` above 4,096 leaves
 */
export function requireTaxonomy(strategy: StrategySpec, context: PlanContext): Taxonomy {
  const { taxonomy, classCount } = context;
  if (taxonomy === undefined) {
    const rule = `must be given for strategy ${strategy.kind}`;
    throw new ArgumentError("missing_taxonomy", { argument: "taxonomy", rule, value: undefined });
  }
  const leaves = taxonomyIndex(taxonomy).leaves.length;
  if (leaves !== classCount) {
    const rule = `must have ${classCount} leaves, one for each class`;
    throw new ArgumentError("wrong_length", { argument: "taxonomy", rule, value: leaves });
  }
  if (leaves > leavesMax) {
    const rule = `must have at most ${leavesMax} leaves, because its mixing is a matrix`;
    throw new ArgumentError("out_of_range", { argument: "taxonomy", rule, value: leaves });
  }
  return taxonomy;
}
