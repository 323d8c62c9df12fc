import type { Tensor } from "@tensorflow/tfjs-core";
import type { Layer } from "./layer.ts";

/**
 * Two layers one after another, what passes between them being freed at once instead of at the end of the step: for
 * pairs without dropout whose ways back do not need it, such as a convolution, a normalisation and a relu.
 */
export function freeingBetween(first: Layer, second: Layer): Layer {
  const count = first.parameters.length;
  return {
    parameters: [...first.parameters, ...second.parameters],
    dropoutShapes: (rows) => [...first.dropoutShapes(rows), ...second.dropoutShapes(rows)],
    apply(call) {
      const before = first.apply({ ...call, parameters: call.parameters.slice(0, count) });
      const after = second.apply({ ...call, parameters: call.parameters.slice(count), inputs: before.outputs });
      before.outputs.dispose();
      return {
        outputs: after.outputs,
        backward(gradient) {
          const ofSecond = after.backward(gradient);
          const ofFirst = before.backward(ofSecond.inputs as Tensor);
          return { inputs: ofFirst.inputs, parameters: [...ofFirst.parameters, ...ofSecond.parameters] };
        },
      };
    },
  };
}
