import type { Tensor } from "@tensorflow/tfjs-core";
import { type Layer, type LayerCall, noDropout } from "./layer.ts";

/** Each token's share in its row's mean, [1, rows, length, 1], or [1, 1, 1, 1] where all are tokens. */
function tokenShares({ tf, inputs, presence }: LayerCall): Tensor {
  if (presence === undefined) return tf.fill([1, 1, 1, 1], 1 / (inputs.shape[2] as number));
  // A row of nothing but padding has the mean 0.
  const counts = tf.maximum(tf.sum(presence, 2, true), 1);
  return tf.expandDims(tf.div(presence, counts), 3);
}

/** The mean over a row's tokens, padding left out: [P, rows, length, width] -> [P, rows, width]. */
export const meanOverTokens: Layer = {
  parameters: [],
  dropoutShapes: noDropout,
  apply(call) {
    const { tf, inputs } = call;
    const shares = tokenShares(call);
    return {
      outputs: tf.sum(tf.mul(inputs, shares), 2),
      backward(gradient) {
        const spread = tf.mul(tf.expandDims(gradient, 2), tf.onesLike(inputs));
        return { inputs: tf.mul(spread, shares), parameters: [] };
      },
    };
  },
};
