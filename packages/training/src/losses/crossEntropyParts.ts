import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";

/** Logits and the targets they are compared with, both [...rows, classes]; target rows may have any sum. */
export interface LossOperands<T extends Tensor = Tensor> {
  readonly logits: T;
  readonly targets: T;
}

/** Cross entropy of every row, with what other losses are made of. */
export interface CrossEntropyParts<T extends Tensor = Tensor> {
  /** ln p and p, [...rows, classes]. */
  readonly logProbabilities: Tensor;
  readonly probabilities: Tensor;
  /** - sum_k q_k ln p_k, [...rows]. */
  readonly losses: Tensor;
  /** S p - q with S = sum_k q_k, [...rows, classes]. */
  readonly gradient: T;
}

/**
 * Softmax, cross entropy and its gradient. Logits are shifted by their largest value per row, so that any finite logits
 * are safe. Must run in the caller's tidy scope.
 */
export function crossEntropyParts<T extends Tensor>(tf: TensorFlow, operands: LossOperands<T>): CrossEntropyParts<T> {
  const { logits, targets } = operands;
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  const exponentials = tf.exp(shifted);
  const normaliser = tf.sum(exponentials, -1, true);
  const logProbabilities = tf.sub(shifted, tf.log(normaliser));
  const probabilities = tf.div(exponentials, normaliser);
  const scaled = tf.mul(probabilities, tf.sum(targets, -1, true));
  return {
    logProbabilities,
    probabilities,
    losses: tf.neg(tf.sum(tf.mul(targets, logProbabilities), -1)),
    gradient: tf.sub(scaled, targets) as T,
  };
}
