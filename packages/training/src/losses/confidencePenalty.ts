import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { Factor } from "../settings/perCopy.ts";
import { crossEntropyParts, type LossOperands } from "./crossEntropyParts.ts";
import type { RowLosses } from "./rowLosses.ts";

/**
 * Cross entropy - beta H(p), with the gradient S p - q + beta p_k (ln p_k + H(p)).
 * @see Pereyra et al. 2017, https://arxiv.org/abs/1701.06548
 */
export function confidencePenalty<T extends Tensor>(
  tf: TensorFlow,
  operands: LossOperands<T>,
  beta: Factor,
): RowLosses<T> {
  const { logProbabilities, probabilities, losses, gradient } = crossEntropyParts(tf, operands);
  const terms = tf.mul(probabilities, logProbabilities);
  const negativeEntropy = tf.sum(terms, -1, true);
  const slope = tf.sub(terms, tf.mul(probabilities, negativeEntropy));
  return {
    losses: tf.add(losses, tf.squeeze(tf.mul(negativeEntropy, beta), [-1])),
    gradient: tf.add(gradient, tf.mul(slope, beta)) as T,
    crossEntropies: losses,
  };
}
