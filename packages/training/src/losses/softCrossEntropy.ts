import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { crossEntropyParts, type LossOperands } from "./crossEntropyParts.ts";

/** Loss of every row and the gradient of their sum. Both must be disposed by the caller (or by its tidy scope). */
export interface SoftCrossEntropy<T extends Tensor = Tensor> {
  /** [...rows]: L = S logsumexp(z) - q . z, in nats. */
  readonly losses: Tensor;
  /** [...rows, classes]: dL/dz = S softmax(z) - q. */
  readonly gradient: T;
}

/**
 * Softmax cross entropy against targets that need not be a distribution, with its exact gradient.
 *
 *     L = - sum_k q_k ln p_k,  p = softmax(z),  S = sum_k q_k,  dL/dz_k = S p_k - q_k
 *
 * tfjs's own `losses.softmaxCrossEntropy` uses p - q, which is wrong as soon as a row does not sum to 1 (class weights,
 * unnormalised conventions), and takes the number of classes from axis 1 at any rank; hence this one.
 * Logits are shifted by their largest value per row, so that any finite logits are safe.
 *
 * @param logits [...rows, classes], float32
 * @param targets same shape; each entry at least 0
 */
export function softCrossEntropy<T extends Tensor>(tf: TensorFlow, operands: LossOperands<T>): SoftCrossEntropy<T> {
  const [losses, gradient] = tf.tidy(() => {
    const parts = crossEntropyParts(tf, operands);
    return [parts.losses, parts.gradient] as const;
  });
  return { losses, gradient };
}
