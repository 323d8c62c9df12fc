import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { Factor } from "../settings/perCopy.ts";
import { crossEntropyParts, type LossOperands } from "./crossEntropyParts.ts";
import { largestLogit } from "./largestLogit.ts";
import type { RowLosses } from "./rowLosses.ts";

/**
 * Cross entropy + weight x mean_k max(0, max_j z_j - z_k - margin): logits may differ by the margin for free. Where
 * several logits share the maximum, its gradient goes to the first.
 *
 * @param penalty `share` is weight / K
 * @see Liu et al. 2022, The devil is in the margin, https://arxiv.org/abs/2111.15430
 */
export function marginLabelSmoothing<T extends Tensor>(
  tf: TensorFlow,
  operands: LossOperands<T>,
  penalty: { margin: Factor; share: Factor },
): RowLosses<T> {
  const { logits } = operands;
  const { losses, gradient } = crossEntropyParts(tf, operands);
  const largest = largestLogit(tf, logits);
  const excess = tf.relu(tf.sub(tf.sub(largest.value, logits), penalty.margin));
  const above = tf.step(excess);
  const slope = tf.sub(tf.mul(largest.position, tf.sum(above, -1, true)), above);
  return {
    losses: tf.add(losses, tf.squeeze(tf.mul(tf.sum(excess, -1, true), penalty.share), [-1])),
    gradient: tf.add(gradient, tf.mul(slope, penalty.share)) as T,
    crossEntropies: losses,
  };
}
