/** Names of the ways examples are drawn by class. */
export const samplingSchemes = [
  /** Every class equally often. */
  "balanced",
  /** Class k with probability ~ sqrt(n_k). */
  "square-root",
  /** From the data's own frequencies in the first epoch to balanced in the last one. Kang 2020. */
  "progressive",
] as const;

/** How examples are drawn by class. */
export type SamplingScheme = (typeof samplingSchemes)[number];

/** How the trainer draws examples: class probabilities at the start and, when they change, at the end. */
export interface SamplingPlan {
  /** Probability of drawing each class. */
  readonly classProbability: readonly number[];
  /** Probabilities reached in the last epoch, linearly from the first; null when they do not change. */
  readonly finalClassProbability: readonly number[] | null;
  /** The number of epochs of that change; null for the whole of training. */
  readonly epochs: number | null;
}
