import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { Factor } from "../settings/perCopy.ts";
import type { MovingParameter } from "./movingParameter.ts";

/**
 * One step of stochastic gradient descent with momentum, in the form of PyTorch:
 *
 *     v <- m v + g,   w <- w - lr v,   with Nesterov   w <- w - lr (g + m v)
 *
 * (the learning rate is outside the velocity, so that a schedule acts at once; Sutskever et al. 2013 fold it in).
 *
 * @param parameter with one memory, v
 * @returns new tensors; the old ones stay the caller's
 */
export function momentumStep(
  tf: TensorFlow,
  parameter: MovingParameter,
  step: { gradient: Tensor; learningRate: Factor; momentum: Factor; nesterov?: boolean | undefined },
): MovingParameter {
  const { gradient, learningRate, momentum } = step;
  const [previous] = parameter.memories as [Tensor];
  const velocity = momentum === 0 ? tf.clone(gradient) : tf.add(tf.mul(previous, momentum), gradient);
  const direction = step.nesterov === true ? tf.add(gradient, tf.mul(velocity, momentum)) : velocity;
  return { value: tf.sub(parameter.value, tf.mul(direction, learningRate)), memories: [velocity] };
}
