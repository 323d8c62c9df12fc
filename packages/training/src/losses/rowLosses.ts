import type { Tensor } from "@tensorflow/tfjs-core";

/** What a loss says about rows of logits, before weights and means. A type, so that tidy can look into it. */
export type RowLosses<T extends Tensor = Tensor> = {
  /** What is minimised, [...rows]. */
  readonly losses: Tensor;
  /** Derivative of `losses` with respect to the logits, [...rows, classes]. */
  readonly gradient: T;
  /** Cross entropy against the same targets, [...rows]: its excess over H(q) compares losses and strengths (law 4). */
  readonly crossEntropies: Tensor;
};
