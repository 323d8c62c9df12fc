import { reluGradient } from "../reluGradient.ts";
import { type Layer, noDropout } from "./layer.ts";

/** max(0, x); its derivative at 0 is 0. */
export const relu: Layer = {
  parameters: [],
  dropoutShapes: noDropout,
  apply({ tf, inputs }) {
    const outputs = tf.relu(inputs);
    return { outputs, backward: (gradient) => ({ inputs: reluGradient(tf, gradient, outputs), parameters: [] }) };
  },
};
