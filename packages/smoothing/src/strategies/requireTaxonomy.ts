import type { PlanContext } from "../plans/planContext.ts";
import type { Taxonomy } from "../taxonomies/taxonomy.ts";
import { taxonomyIndex } from "../taxonomies/taxonomyIndex.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import type { StrategySpec } from "./strategySpec.ts";

/**
 * The taxonomy of the context, for a strategy that cannot do without it.
 * @throws ArgumentError `missing_taxonomy`, `invalid_taxonomy`, `wrong_length` when it does not have K leaves
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
  return taxonomy;
}
