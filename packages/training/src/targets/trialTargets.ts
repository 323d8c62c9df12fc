/** One example of the training data: its class and its row in the split. */
export interface Example {
  readonly label: number;
  readonly row: number;
}

/** A target row and the smallest cross entropy that it allows, H(q) = - sum_k q_k ln(q_k / S) in nats. */
export interface TargetRow {
  /** K values. */
  readonly values: Float32Array;
  readonly entropy: number;
}

/** The part of target rows that follows the model's own prediction of the batch, `strengthOf(y)` u: see `zipfShares`. */
export interface RankedPart {
  readonly power: number;
  strengthOf(label: number): number;
}

/** Targets written out: one row per class, or per example where a teacher gives them. */
export interface DenseTargets {
  readonly form: "dense";
  /** Added to every row by its batch; null where rows are whole. */
  readonly ranked: RankedPart | null;
  rowOf(example: Example): TargetRow;
  /** NaN where rows are not whole: then their batch tells it. */
  entropyOf(example: Example): number;
}

/**
 * Targets of a plan whose mixing is one distribution for all classes, for many classes: O(K) numbers instead of K x K.
 * The row of class y has `own[y]` at y and `shared[y] u_k` elsewhere.
 */
export interface FactoredTargets {
  readonly form: "factored";
  readonly own: Float32Array;
  readonly shared: Float32Array;
  /** u, with each class's weight in it where the plan has class-term weights. */
  readonly mixing: Float32Array;
  entropyOf(example: Example): number;
}

/** What one trial's loss compares with in one epoch. Static weights are in the rows, see `foldedWeight`. */
export type TrialTargets = DenseTargets | FactoredTargets;
