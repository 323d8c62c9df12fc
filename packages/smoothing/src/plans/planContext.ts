import type { Taxonomy } from "../taxonomies/taxonomy.ts";

/** What a plan needs to know about the data. */
export interface PlanContext {
  /** K, 2 or more. */
  readonly classCount: number;
  /** n_k of the training examples; strategies that look at class frequencies need it. */
  readonly classCounts?: readonly number[];
  /** Tree whose k-th leaf, depth first, is class k; hierarchical strategies need it. */
  readonly taxonomy?: Taxonomy;
}
