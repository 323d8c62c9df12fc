/** A tree of classes. A leaf is a string; class k is the k-th leaf in depth-first order. */
export interface Taxonomy {
  readonly name: string;
  readonly children: readonly TaxonomyNode[];
}

/** An inner node or a leaf. */
export type TaxonomyNode = Taxonomy | string;
