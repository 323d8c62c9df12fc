import type { ConventionName } from "./conventionName.ts";

const unnormalised: ReadonlySet<ConventionName> = new Set([
  "additive-unnormalised",
  "literal-unnormalised",
  "wild-unnormalised",
  "conv-e",
]);

/**
 * Whether a convention gives rows that do not sum to 1. Such rows are no distributions: they also scale the loss and
 * its gradient, so they are accepted only with `allowUnnormalised: true` and are always flagged by the lint.
 *
 * @param convention a name
 * @returns true for the four conventions marked * in the table
 */
export function isUnnormalised(convention: ConventionName): boolean {
  return unnormalised.has(convention);
}
