import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { crossEntropyParts, type LossOperands } from "./crossEntropyParts.ts";
import type { RowLosses } from "./rowLosses.ts";

/**
 * sum_k (o_k - q_k)^2. For linear outputs o = z the gradient is 2 (z - q); for o = p = softmax(z) it is
 * 2 p_k (d_k - sum_j d_j p_j) with d = p - q, so that smoothing does not enter as (target - output) alone.
 */
export function squaredError<T extends Tensor>(
  tf: TensorFlow,
  operands: LossOperands<T>,
  output: "softmax" | "linear",
): RowLosses<T> {
  const { logits, targets } = operands;
  const { probabilities, losses: crossEntropies } = crossEntropyParts(tf, operands);
  const differences = tf.sub(output === "linear" ? logits : probabilities, targets);
  const losses = tf.sum(tf.square(differences), -1);
  if (output === "linear") return { losses, gradient: tf.mul(differences, 2) as T, crossEntropies };
  const projected = tf.sum(tf.mul(differences, probabilities), -1, true);
  const gradient = tf.mul(tf.mul(probabilities, 2), tf.sub(differences, projected)) as T;
  return { losses, gradient, crossEntropies };
}
