/** How the losses of a batch become one: their mean, their sum, or not at all. */
export type Reduction = "mean" | "sum" | "none";

/** All of them. */
export const reductions: readonly Reduction[] = ["mean", "sum", "none"];
