import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { type Layer, noDropout } from "./layer.ts";

const SIDE = 2;

/**
 * The largest of every 2 x 2 pixels, a last odd row or column being left out: [P, rows, height, width, channels] ->
 * [P, rows, floor(height / 2), floor(width / 2), channels]. Of equal pixels the first one passes the derivative on.
 */
export const maxPooling: Layer = {
  parameters: [],
  dropoutShapes: noDropout,
  apply({ tf, inputs }) {
    const [copies, rows, ...image] = inputs.shape as [number, number, number, number, number];
    const images: Tensor4D = tf.reshape(inputs, [copies * rows, ...image]);
    const pooled = tf.maxPool(images, SIDE, SIDE, "valid");
    const unfolded = (tensor: Tensor) => tf.reshape(tensor, [copies, rows, ...tensor.shape.slice(1)]);
    return {
      outputs: unfolded(pooled),
      backward(gradient) {
        const dy = tf.reshape(gradient, pooled.shape);
        const attributes = { filterSize: SIDE, strides: SIDE, pad: "valid" };
        const told = tf.engine().runKernel("MaxPoolGrad", { dy, input: images, output: pooled }, attributes);
        return { inputs: unfolded(told as Tensor), parameters: [] };
      },
    };
  },
};
