/** Names of the ways the losses of a batch become one. */
export const reductions = ["mean", "sum", "none"] as const;

/** How the losses of a batch become one: their mean, their sum, or not at all. */
export type Reduction = (typeof reductions)[number];
