import { ancestorDistances } from "./ancestorDistances.ts";
import type { Taxonomy } from "./taxonomy.ts";
import { taxonomyIndex } from "./taxonomyIndex.ts";

/**
 * The K x K distances between classes: d(k, y) = height of their lowest common ancestor / height of the tree, where the
 * height of a node is its longest way down to a leaf. 0 on the diagonal, at most 1, and symmetric.
 *
 * @param taxonomy a tree whose k-th leaf, depth first, is class k
 * @returns row y holds d(., y)
 * @throws ArgumentError `invalid_taxonomy`
 * @see Bertinetto et al. 2020, Making better mistakes, https://arxiv.org/abs/1912.09393
 */
export function taxonomyDistances(taxonomy: Taxonomy): Float64Array[] {
  const index = taxonomyIndex(taxonomy);
  return index.leaves.map((_, trueClass) => ancestorDistances(index, trueClass));
}
