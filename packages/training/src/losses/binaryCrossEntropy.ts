import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { LossOperands } from "./crossEntropyParts.ts";
import type { RowLosses } from "./rowLosses.ts";

/**
 * Binary cross entropy of one sigmoid s(z_k) per class, summed over the classes:
 *
 *     L = - sum_k t_k ln s(z_k) + (1 - t_k) ln s(-z_k),   dL/dz_k = s(z_k) - t_k
 *
 * computed as relu(z) (1 - t) + relu(-z) t + ln(1 + exp(-|z|)): no logit is too large and nothing cancels. PyTorch's
 * `BCEWithLogitsLoss` and timm's `BinaryCrossEntropy` divide by the number of classes as well.
 *
 * @param operands `targets` are t, each in [0, 1]; rows may have any sum
 */
export function binaryCrossEntropy<T extends Tensor>(
  tf: TensorFlow,
  { logits, targets }: LossOperands<T>,
): RowLosses<T> {
  const penalised = tf.add(tf.mul(tf.relu(logits), tf.sub(1, targets)), tf.mul(tf.relu(tf.neg(logits)), targets));
  const losses = tf.sum(tf.add(penalised, tf.log1p(tf.exp(tf.neg(tf.abs(logits))))), -1);
  return { losses, gradient: tf.sub(tf.sigmoid(logits), targets) as T, crossEntropies: losses };
}
