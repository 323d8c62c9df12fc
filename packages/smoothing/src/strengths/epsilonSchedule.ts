/**
 * How the strength changes over the epochs: a factor in [0, 1] on the canonical epsilon. Epochs count from 0.
 * - `constant`: 1.
 * - `warm-up`: 0 in the first epoch, rising linearly to 1 in epoch `epochs`.
 * - `decay`: 1 in the first epoch, falling linearly or as a half cosine to `floor` (default 0) in epoch `epochs`.
 * - `switch-off`: 1 before epoch `epoch`, 0 from it on.
 */
export type EpsilonSchedule =
  | { readonly kind: "constant" }
  | { readonly kind: "warm-up"; readonly epochs: number }
  | { readonly kind: "decay"; readonly epochs: number; readonly shape?: "linear" | "cosine"; readonly floor?: number }
  | { readonly kind: "switch-off"; readonly epoch: number };
