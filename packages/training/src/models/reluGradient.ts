import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { RELU_GRADIENT } from "../engines/fusedKernels.ts";

/**
 * Gradient with respect to relu's inputs: that of its outputs where they are above 0, else 0. Where the engine has a
 * kernel for it, one pass over the memory instead of three.
 *
 * @param gradient derivative with respect to `outputs`, of the same shape
 */
export function reluGradient<T extends Tensor>(tf: TensorFlow, gradient: T, outputs: T): T {
  if (tf.getKernel(RELU_GRADIENT, tf.getBackend()) === undefined) return tf.mul(gradient, tf.step(outputs));
  return tf.engine().runKernel<T>(RELU_GRADIENT, { gradient, outputs }, {});
}
