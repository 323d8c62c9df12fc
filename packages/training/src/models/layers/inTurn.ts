import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../engines/engine.ts";
import { copyOf, joinCopies } from "./copies.ts";
import type { Layer, LayerGradients, LayerPass } from "./layer.ts";

/** The derivatives of one copy's parameters, then those of its inputs, if any; all else that the way back needed is freed. */
function passBack(tf: TensorFlow, pass: LayerPass, gradient: Tensor): Tensor[] {
  return tf.tidy(() => {
    const { parameters, inputs } = pass.backward(gradient);
    return inputs === null ? [...parameters] : [...parameters, inputs];
  });
}

function joinGradients(tf: TensorFlow, perCopy: readonly Tensor[][], parameterCount: number): LayerGradients {
  const joined = (perCopy[0] as Tensor[]).map((_, index) =>
    joinCopies(
      tf,
      perCopy.map((gradients) => gradients[index] as Tensor),
    ),
  );
  return { parameters: joined.slice(0, parameterCount), inputs: joined[parameterCount] ?? null };
}

/**
 * A layer for one copy after another, for the parts of a model that gain nothing from a pack: one copy's convolutions
 * fill an engine, and joining what is computed in between for all copies costs passes over large tensors (docs/adr).
 * Only what comes out at the end is joined. Each copy is computed as if it were alone.
 *
 * @param layer has at least one parameter
 */
export function inTurn(layer: Layer): Layer {
  const { parameters, dropoutShapes } = layer;
  return {
    parameters,
    dropoutShapes,
    apply(call) {
      const { tf } = call;
      const copies = (call.parameters[0] as Tensor).shape[0] as number;
      const passes = Array.from({ length: copies }, (_, copy) => {
        const own = (tensor: Tensor) => copyOf(tf, tensor, copy);
        return layer.apply({ ...call, parameters: call.parameters.map(own), inputs: own(call.inputs) });
      });
      return {
        outputs: joinCopies(
          tf,
          passes.map(({ outputs }) => outputs),
        ),
        backward(gradient) {
          const perCopy = passes.map((pass, copy) => passBack(tf, pass, copyOf(tf, gradient, copy)));
          return joinGradients(tf, perCopy, parameters.length);
        },
      };
    },
  };
}
