import { sum } from "../numerics/sum.ts";
import { ancestorDistances } from "../taxonomies/ancestorDistances.ts";
import type { Taxonomy } from "../taxonomies/taxonomy.ts";
import { taxonomyIndex } from "../taxonomies/taxonomyIndex.ts";
import { checkRange } from "../validation/checkRange.ts";

/**
 * Hierarchical soft labels: q_k(y) = exp(-beta d(k, y)) / sum_j exp(-beta d(j, y)) with the distances of
 * `taxonomyDistances`. beta = 0 is uniform, large beta one-hot; the paper uses 4 to 30. These are whole target rows.
 * On a flat tree they are uniform smoothing with e = K exp(-beta) / (1 + (K-1) exp(-beta)). O(K^2).
 *
 * @param taxonomy a tree whose k-th leaf, depth first, is class k
 * @param beta 0 or more
 * @returns row y is the target of class y
 * @throws ArgumentError `invalid_taxonomy`, `out_of_range`, `not_finite`
 * @see Bertinetto et al. 2020, Making better mistakes, https://arxiv.org/abs/1912.09393
 */
export function hierarchicalRows(taxonomy: Taxonomy, beta: number): number[][] {
  checkRange("beta", beta, { min: 0 });
  const index = taxonomyIndex(taxonomy);
  return index.leaves.map((_, trueClass) => {
    const weights = Array.from(ancestorDistances(index, trueClass), (distance) => Math.exp(-beta * distance));
    const total = sum(weights);
    return weights.map((weight) => weight / total);
  });
}
