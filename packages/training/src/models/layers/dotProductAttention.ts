import type { Tensor4D } from "@tensorflow/tfjs-core";
import { attentionBias } from "./attentionBias.ts";
import type { LayerCall } from "./layer.ts";

/** What attention computes with, and derivatives with respect to it: [P rows, heads, length, width of a head] each. */
export interface AttentionOperands {
  readonly queries: Tensor4D;
  readonly keys: Tensor4D;
  readonly values: Tensor4D;
}

/**
 * For every query the values' mean, weighted by softmax(q . k), of same shape; and the way back.
 *
 * The derivative of w = softmax(s) is w (g - sum_j g_j w_j) for g that with respect to w. As g_j is the product of value j
 * with the derivative of the mean c = w v, the sum is the product of c with its derivative: length numbers fewer to add.
 *
 * @param call whose presence says which keys are padding
 */
export function dotProductAttention(
  call: LayerCall,
  { queries, keys, values }: AttentionOperands,
  causal: boolean,
): { means: Tensor4D; backward(gradient: Tensor4D): AttentionOperands } {
  const { tf } = call;
  const scores: Tensor4D = tf.matMul(queries, keys, false, true);
  const weights: Tensor4D = tf.softmax(attentionBias(call, { scores, causal }));
  const means: Tensor4D = tf.matMul(weights, values);
  return {
    means,
    backward(gradient) {
      const ofWeights = tf.matMul(gradient, values, false, true);
      const common = tf.sum(tf.mul(gradient, means), -1, true);
      const ofScores: Tensor4D = tf.mul(weights, tf.sub(ofWeights, common));
      return {
        queries: tf.matMul(ofScores, keys),
        keys: tf.matMul(ofScores, queries, true, false),
        values: tf.matMul(weights, gradient, true, false),
      };
    },
  };
}
