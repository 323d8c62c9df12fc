import { uniformValues } from "../../randomness/uniformValues.ts";
import { type Layer, noDropout } from "./layer.ts";

/**
 * Adds a number per feature of the last axis: [P, ...rows, width] -> the same.
 * @param bound biases begin uniform in +-bound
 */
export function bias(name: string, { width, bound }: { width: number; bound: number }): Layer {
  return {
    parameters: [
      { name: `${name}/biases`, shape: [1, width], initial: (random) => uniformValues(random, width, bound) },
    ],
    dropoutShapes: noDropout,
    apply({ tf, parameters: [biases], inputs }) {
      const perRow = (tensor: typeof inputs) => tf.reshape(tensor, [tensor.shape[0] as number, -1, width]);
      return {
        outputs: tf.reshape(tf.add(perRow(inputs), biases as typeof inputs), inputs.shape),
        backward: (gradient) => ({ inputs: gradient, parameters: [tf.sum(perRow(gradient), 1, true)] }),
      };
    },
  };
}
