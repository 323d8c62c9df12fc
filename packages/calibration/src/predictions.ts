/**
 * What a classifier said about N labelled examples, as logits.
 *
 * `labels` are always the original hard labels, never smoothed targets: a metric against smoothed targets is not
 * comparable between smoothing strengths.
 */
export interface Predictions {
  /** N x K logits, row-major, finite, in natural-log units (softmax of a row gives its probabilities). */
  readonly logits: ArrayLike<number>;
  /** N class indices in 0..K-1. */
  readonly labels: ArrayLike<number>;
  /** K, at least 2. */
  readonly classCount: number;
}

/** What a classifier said about N labelled examples, as probabilities. */
export interface Forecasts {
  /** N x K probabilities in [0, 1], row-major; every row sums to 1 within 0.0005 K (at least 0.001, at most 0.01). */
  readonly probabilities: ArrayLike<number>;
  /** N class indices in 0..K-1: the original hard labels. */
  readonly labels: ArrayLike<number>;
  /** K, at least 2. */
  readonly classCount: number;
}

/** N stated probabilities of an event beside whether it happened: top-label, one class, or a binary forecast. */
export interface Outcomes {
  /** N probabilities in [0, 1]. */
  readonly confidences: ArrayLike<number>;
  /** N values, 1 when the event happened (the prediction was right) and 0 when it did not. */
  readonly outcomes: ArrayLike<number>;
}
