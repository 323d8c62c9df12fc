import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";

/** Activations are feature-major: [P, width, rows], or [features, rows] where all copies share them. */
export interface DenseLayer {
  /** [P, out, in] */
  readonly weights: Tensor3D;
  /** [P, out, 1] */
  readonly biases: Tensor3D;
}

/**
 * W x + b for the inputs that all copies share: because weights are stored [P, out, in], the P products are one
 * [P out, in] x [in, rows] product, the form that every engine computes fastest.
 *
 * @param inputs [rows, in]
 * @returns [P, out, rows]
 */
export function applyToShared(tf: TensorFlow, layer: DenseLayer, inputs: Tensor2D): Tensor3D {
  const [copies, width, features] = layer.weights.shape;
  const stacked = tf.reshape(layer.weights, [copies * width, features]);
  const product = tf.matMul(stacked, inputs, false, true);
  return tf.add(tf.reshape(product, [copies, width, inputs.shape[0]]), layer.biases);
}

/** W x + b, [P, in, rows] -> [P, out, rows]. */
export function applyToOwn(tf: TensorFlow, layer: DenseLayer, inputs: Tensor3D): Tensor3D {
  return tf.add(tf.matMul(layer.weights, inputs), layer.biases);
}

/**
 * Gradients of weights and biases where the inputs are shared.
 * @param gradient [P, out, rows], derivative with respect to the layer's output
 */
export function gradientsOfShared(tf: TensorFlow, gradient: Tensor3D, inputs: Tensor2D): [Tensor, Tensor] {
  const [copies, width, rows] = gradient.shape;
  const product = tf.matMul(tf.reshape(gradient, [copies * width, rows]), inputs);
  return [tf.reshape(product, [copies, width, inputs.shape[1]]), tf.sum(gradient, 2, true)];
}

/** Gradients of weights and biases, inputs [P, in, rows]. */
export function gradientsOfOwn(tf: TensorFlow, gradient: Tensor3D, inputs: Tensor3D): [Tensor, Tensor] {
  return [tf.matMul(gradient, inputs, false, true), tf.sum(gradient, 2, true)];
}

/** Derivative with respect to the layer's inputs: W^T g, [P, in, rows]. */
export function inputGradient(tf: TensorFlow, layer: DenseLayer, gradient: Tensor3D): Tensor3D {
  return tf.matMul(layer.weights, gradient, true, false);
}
