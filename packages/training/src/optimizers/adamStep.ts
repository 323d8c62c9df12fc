import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { MovingParameter } from "./movingParameter.ts";

/**
 * One step of Adam, in the form of PyTorch:
 *
 *     m <- b1 m + (1 - b1) g,   v <- b2 v + (1 - b2) g^2
 *     w <- w - lr / (1 - b1^t) m / (sqrt(v) / sqrt(1 - b2^t) + stability)
 *
 * @param parameter with two memories, m and v
 * @param step `count` is t, from 1
 * @returns new tensors; the old ones stay the caller's
 * @see Kingma and Ba 2015, https://arxiv.org/abs/1412.6980
 */
export function adamStep(
  tf: TensorFlow,
  parameter: MovingParameter,
  step: { gradient: Tensor; learningRate: number; beta1: number; beta2: number; stability: number; count: number },
): MovingParameter {
  const { gradient, beta1, beta2, count } = step;
  const [oldFirst, oldSecond] = parameter.memories as [Tensor, Tensor];
  const first = tf.add(tf.mul(oldFirst, beta1), tf.mul(gradient, 1 - beta1));
  const second = tf.add(tf.mul(oldSecond, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const root = tf.div(tf.sqrt(second), Math.sqrt(1 - beta2 ** count));
  const direction = tf.div(first, tf.add(root, step.stability));
  const rate = step.learningRate / (1 - beta1 ** count);
  return { value: tf.sub(parameter.value, tf.mul(direction, rate)), memories: [first, second] };
}
