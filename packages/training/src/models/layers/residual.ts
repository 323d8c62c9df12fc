import type { Layer } from "./layer.ts";

/**
 * inputs + layer(inputs), or shortcut(inputs) + layer(inputs) where the shapes differ. Both ways must pass derivatives on.
 * @see He, Zhang, Ren, Sun 2015, Deep residual learning, https://arxiv.org/abs/1512.03385
 */
export function residual(layer: Layer, shortcut?: Layer): Layer {
  const count = layer.parameters.length;
  return {
    parameters: [...layer.parameters, ...(shortcut?.parameters ?? [])],
    dropoutShapes: (rows) => [...layer.dropoutShapes(rows), ...(shortcut?.dropoutShapes(rows) ?? [])],
    apply(call) {
      const { tf, parameters, masks, inputs } = call;
      const places = layer.dropoutShapes(1).length;
      const main = layer.apply({ ...call, parameters: parameters.slice(0, count), masks: masks.slice(0, places) });
      const side = shortcut?.apply({ ...call, parameters: parameters.slice(count), masks: masks.slice(places) });
      return {
        outputs: tf.add(side?.outputs ?? inputs, main.outputs),
        backward(gradient) {
          const ofMain = main.backward(gradient);
          const ofSide = side?.backward(gradient) ?? { inputs: gradient, parameters: [] };
          const passesOn = ofMain.inputs !== null && ofSide.inputs !== null;
          return {
            inputs: passesOn ? tf.add(ofSide.inputs, ofMain.inputs) : null,
            parameters: [...ofMain.parameters, ...ofSide.parameters],
          };
        },
      };
    },
  };
}
