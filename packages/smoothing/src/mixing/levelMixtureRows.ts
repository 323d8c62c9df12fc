import type { Taxonomy } from "../taxonomies/taxonomy.ts";
import { type TaxonomyIndex, taxonomyIndex } from "../taxonomies/taxonomyIndex.ts";
import { checkDistribution } from "../validation/checkDistribution.ts";

/** Options of {@link levelMixtureRows}. */
export interface LevelMixtureOptions {
  /** a_l for the parent (first), grandparent, ...; 0 or more, summing to 1. Levels past the root use the root. */
  readonly levelWeights: readonly number[];
  /** Whether the class itself belongs to the leaves under its ancestors (default true). */
  readonly includeSelf?: boolean;
}

/**
 * The level mixture: u(.|y) = sum_l a_l Uniform(leaves under the l-th ancestor of y). Where the class itself is left
 * out and an ancestor has no other leaf, the class keeps that level's mass.
 * O(K (K + levels)).
 *
 * @param taxonomy a tree whose k-th leaf, depth first, is class k
 * @param options weights of the levels, and whether the class itself counts
 * @returns row y is u(.|y), which sums to 1
 * @throws ArgumentError `invalid_taxonomy`, `invalid_mixing`
 * @see Bertinetto et al. 2020, https://arxiv.org/abs/1912.09393 (labels over a hierarchy)
 */
export function levelMixtureRows(taxonomy: Taxonomy, options: LevelMixtureOptions): number[][] {
  const { levelWeights, includeSelf = true } = options;
  checkDistribution("levelWeights", levelWeights, levelWeights.length);
  const index = taxonomyIndex(taxonomy);
  return index.leaves.map((_, trueClass) => mixtureRow(index, trueClass, { levelWeights, includeSelf }));
}

function mixtureRow(index: TaxonomyIndex, trueClass: number, options: Required<LevelMixtureOptions>): number[] {
  const row = new Array<number>(index.leaves.length).fill(0);
  let id = index.leafNode[trueClass]!;
  for (const weight of options.levelWeights) {
    id = Math.max(0, index.parent[id]!);
    const [from, end] = [index.firstLeaf[id]!, index.endLeaf[id]!];
    const receivers = options.includeSelf ? end - from : end - from - 1;
    if (receivers === 0) {
      row[trueClass]! += weight;
      continue;
    }
    for (let leaf = from; leaf < end; leaf++) {
      if (options.includeSelf || leaf !== trueClass) row[leaf]! += weight / receivers;
    }
  }
  return row;
}
