import type { Tensor3D } from "@tensorflow/tfjs-core";
import { normalValues } from "../../randomness/normalValues.ts";
import { type Layer, noDropout } from "./layer.ts";

/** Standard deviation of the initial vectors, as GPT-2's `wpe`. */
const DEVIATION = 0.01;

/**
 * Adds a learned vector for every place of the row: [P, rows, length, width] -> the same.
 * @see Gehring et al. 2017, Convolutional sequence to sequence learning, https://arxiv.org/abs/1705.03122
 */
export function positions(name: string, { length, width }: { length: number; width: number }): Layer {
  const size = length * width;
  return {
    parameters: [
      {
        name: `${name}/vectors`,
        shape: [1, size],
        initial: (random) => normalValues(random, size, DEVIATION),
      },
    ],
    dropoutShapes: noDropout,
    apply({ tf, parameters, inputs }) {
      const [vectors] = parameters as [Tensor3D];
      const [copies, rows] = inputs.shape as [number, number];
      const moved = tf.add(tf.reshape(inputs, [copies, rows, size]), vectors);
      return {
        outputs: tf.reshape(moved, inputs.shape),
        backward(gradient) {
          const sums = tf.sum(tf.reshape(gradient, [copies, rows, size]), 1, true);
          return { inputs: gradient, parameters: [sums] };
        },
      };
    },
  };
}
