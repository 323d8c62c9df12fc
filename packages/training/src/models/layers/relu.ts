import { type Layer, noDropout } from "./layer.ts";

/** max(0, x); its derivative at 0 is 0. */
export const relu: Layer = {
  parameters: [],
  dropoutShapes: noDropout,
  apply({ tf, inputs }) {
    const outputs = tf.relu(inputs);
    // 1 where the output is above 0
    return { outputs, backward: (gradient) => ({ inputs: tf.mul(gradient, tf.step(outputs)), parameters: [] }) };
  },
};
