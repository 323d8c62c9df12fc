import { type Layer, noDropout } from "./layer.ts";

/** The numbers of a row in one axis: [P, rows, ...] -> [P, rows, features]. */
export const flatten: Layer = {
  parameters: [],
  dropoutShapes: noDropout,
  apply({ tf, inputs }) {
    const [copies, rows] = inputs.shape as [number, number];
    return {
      outputs: tf.reshape(inputs, [copies, rows, -1]),
      backward: (gradient) => ({ inputs: tf.reshape(gradient, inputs.shape), parameters: [] }),
    };
  },
};
