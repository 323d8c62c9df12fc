import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { crossEntropyParts, type LossOperands } from "./crossEntropyParts.ts";
import { largestLogit } from "./largestLogit.ts";
import type { RowLosses } from "./rowLosses.ts";

/**
 * MaxSup: cross entropy + e (max_j z_j - mean_k z_k). With hard targets it is uniform label smoothing wherever the
 * prediction is right. Where several logits share the maximum, its gradient goes to the first.
 *
 * @param strengths e of every row, [...rows, 1]
 * @see Zhou et al. 2025, MaxSup, https://arxiv.org/abs/2502.15798
 */
export function maxSuppression<T extends Tensor>(
  tf: TensorFlow,
  operands: LossOperands<T>,
  strengths: Tensor,
): RowLosses<T> {
  const { logits } = operands;
  const { losses, gradient } = crossEntropyParts(tf, operands);
  const largest = largestLogit(tf, logits);
  const gap = tf.mean(tf.sub(largest.value, logits), -1, true);
  const slope = tf.sub(largest.position, 1 / (logits.shape.at(-1) as number));
  return {
    losses: tf.add(losses, tf.squeeze(tf.mul(gap, strengths), [-1])),
    gradient: tf.add(gradient, tf.mul(slope, strengths)) as T,
    crossEntropies: losses,
  };
}
