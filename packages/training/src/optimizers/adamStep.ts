import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { Factor } from "../settings/perCopy.ts";
import type { MovingParameter } from "./movingParameter.ts";

/** What one step of Adam takes: its rates, and what follows from them for step t. */
export interface AdamNumbers {
  /** lr / (1 - b1^t) */
  readonly rate: Factor;
  readonly beta1: Factor;
  /** 1 - b1 */
  readonly fresh1: Factor;
  readonly beta2: Factor;
  readonly fresh2: Factor;
  /** sqrt(1 - b2^t) */
  readonly rootCorrection: Factor;
  readonly stability: Factor;
}

/**
 * One step of Adam, in the form of PyTorch:
 *
 *     m <- b1 m + (1 - b1) g,   v <- b2 v + (1 - b2) g^2
 *     w <- w - lr / (1 - b1^t) m / (sqrt(v) / sqrt(1 - b2^t) + stability)
 *
 * @param parameter with two memories, m and v
 * @returns new tensors; the old ones stay the caller's
 * @see Kingma and Ba 2015, https://arxiv.org/abs/1412.6980
 */
export function adamStep(
  tf: TensorFlow,
  parameter: MovingParameter,
  step: AdamNumbers & { gradient: Tensor },
): MovingParameter {
  const { gradient, beta1, beta2 } = step;
  const [oldFirst, oldSecond] = parameter.memories as [Tensor, Tensor];
  const first = tf.add(tf.mul(oldFirst, beta1), tf.mul(gradient, step.fresh1));
  const second = tf.add(tf.mul(oldSecond, beta2), tf.mul(tf.square(gradient), step.fresh2));
  const root = tf.div(tf.sqrt(second), step.rootCorrection);
  const direction = tf.div(first, tf.add(root, step.stability));
  return { value: tf.sub(parameter.value, tf.mul(direction, step.rate)), memories: [first, second] };
}
