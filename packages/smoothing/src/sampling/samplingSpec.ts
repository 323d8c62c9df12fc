/**
 * How examples are drawn by class.
 * - `balanced`: every class equally often.
 * - `square-root`: class k with probability ~ sqrt(n_k).
 * - `progressive`: from the data's own frequencies in the first epoch to balanced in the last one. Kang 2020.
 */
export type SamplingScheme = "balanced" | "square-root" | "progressive";

/** All of them. */
export const samplingSchemes: readonly SamplingScheme[] = ["balanced", "square-root", "progressive"];

/** How the trainer draws examples: class probabilities at the start and, when they change, at the end. */
export interface SamplingPlan {
  /** Probability of drawing each class. */
  readonly classProbability: readonly number[];
  /** Probabilities reached in the last epoch, linearly from the first; null when they do not change. */
  readonly finalClassProbability: readonly number[] | null;
  /** The number of epochs of that change; null for the whole of training. */
  readonly epochs: number | null;
}
