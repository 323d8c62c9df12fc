import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";

/** A parameter with the velocity that momentum keeps for it; both have the same shape. */
export type MovingParameter = {
  readonly value: Tensor;
  readonly velocity: Tensor;
};

/**
 * One step of stochastic gradient descent with momentum, in the form of PyTorch:
 *
 *     v <- m v + g,   w <- w - lr v
 *
 * (the learning rate is outside the velocity, so that a schedule acts at once; Sutskever et al. 2013 fold it in).
 *
 * @returns new tensors; the old ones stay the caller's
 */
export function momentumStep(
  tf: TensorFlow,
  parameter: MovingParameter,
  step: { gradient: Tensor; learningRate: number; momentum: number },
): MovingParameter {
  const velocity =
    step.momentum === 0 ? tf.clone(step.gradient) : tf.add(tf.mul(parameter.velocity, step.momentum), step.gradient);
  return { value: tf.sub(parameter.value, tf.mul(velocity, step.learningRate)), velocity };
}
