import type { Tensor } from "@tensorflow/tfjs-core";
import type { Layer, LayerCall, LayerGradients, LayerPass } from "./layer.ts";
import { passBack } from "./passBack.ts";

/** The part of a list that belongs to each layer, where layer i has `counts[i]` entries; empty lists stay empty. */
function shares<Entry>(entries: readonly Entry[], counts: readonly number[]): Entry[][] {
  let start = 0;
  return counts.map((count) => {
    const share = entries.slice(start, start + count);
    start += count;
    return share;
  });
}

function applyInTurn(layers: readonly Layer[], call: LayerCall): LayerPass[] {
  const parameters = shares(
    call.parameters,
    layers.map((layer) => layer.parameters.length),
  );
  const masks = shares(
    call.masks,
    layers.map((layer) => layer.dropoutShapes(1).length),
  );
  const passes: LayerPass[] = [];
  let inputs = call.inputs;
  for (const [index, layer] of layers.entries()) {
    const pass = layer.apply({ ...call, parameters: parameters[index] ?? [], masks: masks[index] ?? [], inputs });
    passes.push(pass);
    inputs = pass.outputs;
  }
  return passes;
}

/** Layers one after another; at least one. */
export function sequence(layers: readonly Layer[]): Layer {
  return {
    parameters: layers.flatMap((layer) => layer.parameters),
    dropoutShapes: (rows) => layers.flatMap((layer) => layer.dropoutShapes(rows)),
    apply(call) {
      const passes = applyInTurn(layers, call);
      return {
        outputs: (passes.at(-1) as LayerPass).outputs,
        backward(gradient) {
          const parameters: Tensor[] = [];
          let current: Tensor | null = gradient;
          for (const pass of passes.toReversed()) {
            // A layer without derivatives of its inputs is the first one that learns.
            if (current === null) break;
            const told: LayerGradients = passBack(call.tf, pass, current);
            parameters.unshift(...told.parameters);
            if (current !== gradient && current !== told.inputs) current.dispose();
            current = told.inputs;
          }
          return { inputs: current, parameters };
        },
      };
    },
  };
}
