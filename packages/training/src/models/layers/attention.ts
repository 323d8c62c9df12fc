import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../engines/engine.ts";
import { dense } from "./dense.ts";
import { dotProductAttention } from "./dotProductAttention.ts";
import { type Layer, type LayerCall, type LayerPass, noDropout } from "./layer.ts";

/** Sizes of a layer of attention. */
export interface AttentionSizes {
  readonly width: number;
  /** They divide the width evenly. */
  readonly heads: number;
  /** Whether a token sees only itself and what came before. */
  readonly causal: boolean;
}

/** [P, rows, length, width] as [P rows, heads, length, width / heads]. */
function splitHeads(tf: TensorFlow, tensor: Tensor, heads: number): Tensor4D {
  const [copies, rows, length, width] = tensor.shape as [number, number, number, number];
  return tf.transpose(tf.reshape(tensor, [copies * rows, length, heads, width / heads]), [0, 2, 1, 3]);
}

/** The way back: the tensor in the shape given. */
function joinHeads(tf: TensorFlow, tensor: Tensor4D, shape: readonly number[]): Tensor {
  return tf.reshape(tf.transpose(tensor, [0, 2, 1, 3]), [...shape]);
}

/** A projection whose output is split into heads, and its way back. */
function applySplit(layer: Layer, call: LayerCall, heads: number) {
  const { tf } = call;
  const pass = layer.apply(call);
  return {
    outputs: splitHeads(tf, pass.outputs, heads),
    backward: (gradient: Tensor4D) => pass.backward(joinHeads(tf, gradient, pass.outputs.shape)),
  };
}

/**
 * Self-attention of several heads: every token's mean of all tokens' values, weighted by softmax(q . k / sqrt(width of
 * a head)), [P, rows, length, width] -> the same. Padding is not looked at. There is no dropout on the weights.
 * @see Vaswani et al. 2017, Attention is all you need, https://arxiv.org/abs/1706.03762
 */
export function attention(name: string, { width, heads, causal }: AttentionSizes): Layer {
  const [ofQueries, ofKeys, ofValues, ofOutput] = ["queries", "keys", "values", "output"].map((part) =>
    dense(`${name}/${part}`, { inputs: width, outputs: width }),
  ) as [Layer, Layer, Layer, Layer];
  const scale = 1 / Math.sqrt(width / heads);
  return {
    parameters: [ofQueries, ofKeys, ofValues, ofOutput].flatMap(({ parameters }) => parameters),
    dropoutShapes: noDropout,
    apply(call: LayerCall): LayerPass {
      const { tf, parameters, inputs } = call;
      const own = (part: number) => ({ ...call, parameters: parameters.slice(2 * part, 2 * part + 2) });
      const queries = applySplit(ofQueries, own(0), heads);
      const keys = applySplit(ofKeys, own(1), heads);
      const values = applySplit(ofValues, own(2), heads);
      const operands = {
        queries: tf.mul<Tensor4D>(queries.outputs, scale),
        keys: keys.outputs,
        values: values.outputs,
      };
      const heeded = dotProductAttention(call, operands, causal);
      const output = ofOutput.apply({ ...own(3), inputs: joinHeads(tf, heeded.means, inputs.shape) });
      return {
        outputs: output.outputs,
        backward(gradient) {
          const last = output.backward(gradient);
          const told = heeded.backward(splitHeads(tf, last.inputs as Tensor, heads));
          const first = [
            queries.backward(tf.mul(told.queries, scale)),
            keys.backward(told.keys),
            values.backward(told.values),
          ];
          return {
            inputs: tf.addN(first.map((part) => part.inputs as Tensor)),
            parameters: [...first, last].flatMap((part) => part.parameters),
          };
        },
      };
    },
  };
}
