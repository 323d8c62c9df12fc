import { ArgumentError } from "../validation/argumentError.ts";
import type { Taxonomy, TaxonomyNode } from "./taxonomy.ts";

/** A taxonomy as arrays. Nodes are numbered in depth-first order, so that the leaves under a node are consecutive. */
export interface TaxonomyIndex {
  /** Names of the classes. */
  readonly leaves: readonly string[];
  /** The node of each class. */
  readonly leafNode: readonly number[];
  /** The parent of each node; -1 for the root, which is node 0. */
  readonly parent: readonly number[];
  /** The longest way down to a leaf, in edges; 0 for a leaf. */
  readonly height: readonly number[];
  /** The leaves under each node: classes from `firstLeaf` up to, but not including, `endLeaf`. */
  readonly firstLeaf: readonly number[];
  readonly endLeaf: readonly number[];
}

/**
 * Indexes a taxonomy. Without recursion, so that a chain of a million nodes does no harm; O(nodes).
 *
 * @param taxonomy at least two leaves; every inner node has children
 * @throws ArgumentError `invalid_taxonomy`
 */
export function taxonomyIndex(taxonomy: Taxonomy): TaxonomyIndex {
  const leaves: string[] = [];
  const leafNode: number[] = [];
  const parent: number[] = [];
  const firstLeaf: number[] = [];
  const waiting: { node: TaxonomyNode; parent: number }[] = [{ node: taxonomy, parent: -1 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const id = parent.push(next.parent) - 1;
    firstLeaf.push(leaves.length);
    if (typeof next.node === "string") {
      leafNode.push(id);
      leaves.push(next.node);
      continue;
    }
    const children = checkedChildren(next.node);
    for (let index = children.length - 1; index >= 0; index--) waiting.push({ node: children[index]!, parent: id });
  }
  if (leaves.length < 2) throw invalid("must have at least two leaves", leaves.length);
  return { leaves, leafNode, parent, firstLeaf, ...subtrees(parent, firstLeaf, leafNode) };
}

function checkedChildren(node: Taxonomy): readonly TaxonomyNode[] {
  const children: unknown = typeof node === "object" && node !== null ? node.children : undefined;
  if (!Array.isArray(children)) throw invalid("must consist of leaves (strings) and nodes with children", node);
  if (children.length === 0) throw invalid("must have no inner node without children", node.name);
  return children;
}

/** Children come after their parent in depth-first order, so one backward pass fills both arrays. */
function subtrees(parent: number[], firstLeaf: number[], leafNode: number[]) {
  const height = new Array<number>(parent.length).fill(0);
  const endLeaf = firstLeaf.slice();
  for (const id of leafNode) endLeaf[id]! += 1;
  for (let id = parent.length - 1; id > 0; id--) {
    const above = parent[id]!;
    height[above] = Math.max(height[above]!, height[id]! + 1);
    endLeaf[above] = Math.max(endLeaf[above]!, endLeaf[id]!);
  }
  return { height, endLeaf };
}

function invalid(rule: string, value: unknown): ArgumentError {
  return new ArgumentError("invalid_taxonomy", { argument: "taxonomy", rule, value });
}
