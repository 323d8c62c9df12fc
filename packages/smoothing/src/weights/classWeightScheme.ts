/**
 * Class weights by name.
 * - `inverse-frequency`: K (1/n_k) / sum_j (1/n_j), which sums to K.
 * - `inverse-frequency-balanced`: sum n / (K n_k), scikit-learn's "balanced".
 * - `effective-number`: (1-beta) / (1-beta^n_k), scaled to sum K. Cui 2019.
 */
export type ClassWeightScheme = "inverse-frequency" | "inverse-frequency-balanced" | "effective-number";

/** All of them. */
export const classWeightSchemes: readonly ClassWeightScheme[] = [
  "inverse-frequency",
  "inverse-frequency-balanced",
  "effective-number",
];
