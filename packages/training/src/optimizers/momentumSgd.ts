import type { NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { MOMENTUM_STEP } from "../engines/fusedKernels.ts";
import type { Factor } from "../settings/perCopy.ts";
import type { MovingParameter } from "./movingParameter.ts";

/**
 * One step of stochastic gradient descent with momentum, in the form of PyTorch:
 *
 *     v <- m v + g,   w <- w - lr v,   with Nesterov   w <- w - lr (g + m v)
 *
 * (the learning rate is outside the velocity, so that a schedule acts at once; Sutskever et al. 2013 fold it in).
 *
 * Where the engine has a kernel for all of it and the numbers are the same for all copies, that one works in place.
 *
 * @param parameter with one memory, v; both are consumed: they can only be disposed afterwards
 * @returns new tensors
 */
export function momentumStep(
  tf: TensorFlow,
  parameter: MovingParameter,
  step: { gradient: Tensor; learningRate: Factor; momentum: Factor; nesterov?: boolean | undefined },
): MovingParameter {
  const { gradient, learningRate, momentum, nesterov = false } = step;
  const [previous] = parameter.memories as [Tensor];
  const isFusable = typeof learningRate === "number" && typeof momentum === "number" && momentum > 0;
  if (isFusable && tf.getKernel(MOMENTUM_STEP, tf.getBackend()) !== undefined) {
    const inputs: NamedTensorMap = { value: parameter.value, velocity: previous, gradient };
    const numbers = { learningRate, momentum, nesterov };
    const [value, velocity] = tf.engine().runKernel<[Tensor, Tensor]>(MOMENTUM_STEP, inputs, numbers);
    return { value, memories: [velocity] };
  }
  const velocity = momentum === 0 ? tf.clone(gradient) : tf.add(tf.mul(previous, momentum), gradient);
  const direction = nesterov ? tf.add(gradient, tf.mul(velocity, momentum)) : velocity;
  return { value: tf.sub(parameter.value, tf.mul(direction, learningRate)), memories: [velocity] };
}
