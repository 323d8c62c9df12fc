import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import { type Layer, type LayerParameter, noDropout } from "./layer.ts";

/** Added to the variance, as PyTorch's `nn.LayerNorm`. */
const STABILITY = 1e-5;

function constantParameter(name: string, width: number, value: number): LayerParameter {
  return { name, shape: [1, width], initial: () => new Float32Array(width).fill(value) };
}

/**
 * (x - mean) / sqrt(variance + 1e-5) over the last axis, times scales, plus shifts: [P, ...rows, width] -> the same.
 * Scales begin at 1 and shifts at 0. With n the normalised values and h = gradient x scales, the derivative is
 * (h - mean h - n mean(h n)) / sqrt(variance + 1e-5).
 * @see Ba, Kiros, Hinton 2016, Layer normalization, https://arxiv.org/abs/1607.06450
 */
export function layerNorm(name: string, width: number): Layer {
  return {
    parameters: [constantParameter(`${name}/scales`, width, 1), constantParameter(`${name}/shifts`, width, 0)],
    dropoutShapes: noDropout,
    apply({ tf, parameters, inputs }) {
      const [scales, shifts] = parameters as [Tensor3D, Tensor3D];
      const toRows = (tensor: Tensor): Tensor3D => tf.reshape(tensor, [inputs.shape[0] as number, -1, width]);
      const rows = toRows(inputs);
      const centred = tf.sub(rows, tf.mean(rows, 2, true));
      const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 2, true), STABILITY));
      const normalised = tf.mul(centred, inverse);
      return {
        outputs: tf.reshape(tf.add(tf.mul(normalised, scales), shifts), inputs.shape),
        backward(gradient) {
          const perRow = toRows(gradient);
          const products = tf.mul(perRow, normalised);
          const scaled = tf.mul(perRow, scales);
          const along = tf.mul(normalised, tf.mean(tf.mul(products, scales), 2, true));
          const ofInputs = tf.mul(tf.sub(tf.sub(scaled, tf.mean(scaled, 2, true)), along), inverse);
          return {
            inputs: tf.reshape(ofInputs, inputs.shape),
            parameters: [tf.sum(products, 1, true), tf.sum(perRow, 1, true)],
          };
        },
      };
    },
  };
}
