import type { TaxonomyIndex } from "./taxonomyIndex.ts";

/**
 * Distances from one class to all: height of the lowest common ancestor / height of the tree. O(K + depth).
 * Walking up from the class, each ancestor is the lowest common one of all leaves that the step adds.
 */
export function ancestorDistances(index: TaxonomyIndex, trueClass: number): Float64Array {
  const distances = new Float64Array(index.leaves.length);
  const treeHeight = index.height[0]!;
  let [from, end] = [trueClass, trueClass + 1];
  for (let id = index.parent[index.leafNode[trueClass]!]!; id !== -1; id = index.parent[id]!) {
    const distance = index.height[id]! / treeHeight;
    distances.fill(distance, index.firstLeaf[id]!, from);
    distances.fill(distance, end, index.endLeaf[id]!);
    from = index.firstLeaf[id]!;
    end = index.endLeaf[id]!;
  }
  return distances;
}
