import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../engines/engine.ts";
import { copyOf, joinCopies } from "./copies.ts";
import type { Layer, LayerGradients } from "./layer.ts";
import { passBack } from "./passBack.ts";

function joinGradients(tf: TensorFlow, perCopy: readonly LayerGradients[]): LayerGradients {
  const [first] = perCopy as [LayerGradients];
  const join = (choose: (gradients: LayerGradients) => Tensor) => joinCopies(tf, perCopy.map(choose));
  return {
    parameters: first.parameters.map((_, index) => join(({ parameters }) => parameters[index] as Tensor)),
    inputs: first.inputs === null ? null : join(({ inputs }) => inputs as Tensor),
  };
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
          return joinGradients(
            tf,
            passes.map((pass, copy) => passBack(tf, pass, copyOf(tf, gradient, copy))),
          );
        },
      };
    },
  };
}
