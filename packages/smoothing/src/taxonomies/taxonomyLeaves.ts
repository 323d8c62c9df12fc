import type { Taxonomy } from "./taxonomy.ts";
import { taxonomyIndex } from "./taxonomyIndex.ts";

/**
 * The class names of a taxonomy: its leaves in depth-first order.
 *
 * @param taxonomy a tree with two leaves or more
 * @returns K names
 * @throws ArgumentError `invalid_taxonomy`
 */
export function taxonomyLeaves(taxonomy: Taxonomy): readonly string[] {
  return taxonomyIndex(taxonomy).leaves;
}
