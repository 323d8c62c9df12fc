/** Names of class weights. */
export const classWeightSchemes = [
  /** K (1/n_k) / sum_j (1/n_j), which sums to K. */
  "inverse-frequency",
  /** sum n / (K n_k), scikit-learn's "balanced". */
  "inverse-frequency-balanced",
  /** (1-beta) / (1-beta^n_k), scaled to sum K. Cui 2019. */
  "effective-number",
] as const;

/** A name of class weights. */
export type ClassWeightScheme = (typeof classWeightSchemes)[number];
