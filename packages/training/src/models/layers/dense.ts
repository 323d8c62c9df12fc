import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../engines/engine.ts";
import { uniformValues } from "../../randomness/uniformValues.ts";
import { type Layer, type LayerParameter, noDropout } from "./layer.ts";

/** [P, ...rows, features] as [P, rows, features]. */
function toRows(tf: TensorFlow, tensor: Tensor): Tensor3D {
  return tf.reshape(tensor, [tensor.shape[0] as number, -1, tensor.shape.at(-1) as number]);
}

/** Weights and biases uniform in +-1/sqrt(inputs), as PyTorch's `nn.Linear`. */
function denseParameters(name: string, sizes: { inputs: number; outputs: number }): LayerParameter[] {
  const { inputs, outputs } = sizes;
  const bound = 1 / Math.sqrt(inputs);
  return [
    {
      name: `${name}/weights`,
      shape: [inputs, outputs],
      initial: (random) => uniformValues(random, inputs * outputs, bound),
    },
    { name: `${name}/biases`, shape: [1, outputs], initial: (random) => uniformValues(random, outputs, bound) },
  ];
}

/** x W + b over the last axis: [P, ...rows, in] -> [P, ...rows, out]. The inputs may not be shared by copies. */
export function dense(name: string, sizes: { inputs: number; outputs: number }): Layer {
  return {
    parameters: denseParameters(name, sizes),
    dropoutShapes: noDropout,
    apply({ tf, parameters, inputs }) {
      const [weights, biases] = parameters as [Tensor3D, Tensor3D];
      const rows = toRows(tf, inputs);
      const outputs = tf.add(tf.matMul(rows, weights), biases);
      return {
        outputs: tf.reshape(outputs, [...inputs.shape.slice(0, -1), sizes.outputs]),
        backward(gradient) {
          const perRow = toRows(tf, gradient);
          return {
            inputs: tf.reshape(tf.matMul(perRow, weights, false, true), inputs.shape),
            parameters: [tf.matMul(rows, perRow, true, false), tf.sum(perRow, 1, true)],
          };
        },
      };
    },
  };
}
