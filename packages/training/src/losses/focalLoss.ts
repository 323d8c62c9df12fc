import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { Factor } from "../settings/perCopy.ts";
import { crossEntropyParts, type LossOperands } from "./crossEntropyParts.ts";
import type { RowLosses } from "./rowLosses.ts";

/**
 * Focal loss: - sum_k q_k x_k^g ln p_k with x = 1 - p, computed as -expm1(ln p).
 *
 *     dL/dz_j = q_j s_j - p_j sum_k q_k s_k,   s_k = g p_k x_k^(g-1) ln p_k - x_k^g
 *
 * The first term of s is written p x^g (ln p / x), whose quotient tends to -1, so nothing is 0/0 at p = 1.
 *
 * @param gamma g, 0 or more; 0 is cross entropy
 * @see Lin et al. 2017, https://arxiv.org/abs/1708.02002; soft targets as `keras.losses.CategoricalFocalCrossentropy`
 */
export function focalLoss<T extends Tensor>(tf: TensorFlow, operands: LossOperands<T>, gamma: Factor): RowLosses<T> {
  const { targets } = operands;
  const { logProbabilities, probabilities, losses } = crossEntropyParts(tf, operands);
  const missing = tf.neg(tf.expm1(logProbabilities));
  const power = tf.pow(missing, gamma);
  // At p = 1 both are 0: 1 is added to the divisor there and the quotient set to -1.
  const certain = tf.sub(1, tf.step(missing));
  const quotient = tf.sub(tf.div(logProbabilities, tf.add(missing, certain)), certain);
  const slopes = tf.sub(tf.mul(tf.mul(tf.mul(probabilities, gamma), power), quotient), power);
  const weighted = tf.mul(targets, slopes);
  const gradient = tf.sub(weighted, tf.mul(probabilities, tf.sum(weighted, -1, true))) as T;
  const focal = tf.neg(tf.sum(tf.mul(targets, tf.mul(power, logProbabilities)), -1));
  return { losses: focal, gradient, crossEntropies: losses };
}
