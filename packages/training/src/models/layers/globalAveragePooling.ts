import { type Layer, noDropout } from "./layer.ts";

/** The mean of an image's pixels: [P, rows, height, width, channels] -> [P, rows, channels]. */
export const globalAveragePooling: Layer = {
  parameters: [],
  dropoutShapes: noDropout,
  apply({ tf, inputs }) {
    const [copies, rows, height, width, channels] = inputs.shape as [number, number, number, number, number];
    const pixels = height * width;
    const means = tf.mean(tf.reshape(inputs, [copies * rows, pixels, channels]), 1);
    return {
      outputs: tf.reshape(means, [copies, rows, channels]),
      backward(gradient) {
        const perPixel = tf.reshape(tf.div(gradient, pixels), [copies * rows, 1, channels]);
        return { inputs: tf.reshape(tf.tile(perPixel, [1, pixels, 1]), inputs.shape), parameters: [] };
      },
    };
  },
};
