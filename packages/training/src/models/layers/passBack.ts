import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../engines/engine.ts";
import type { LayerGradients, LayerPass } from "./layer.ts";

/** A layer's way back; everything that it needed and did not return is freed. */
export function passBack(tf: TensorFlow, pass: LayerPass, gradient: Tensor): LayerGradients {
  const [parameters, inputs] = tf.tidy((): [Tensor[], Tensor[]] => {
    const told = pass.backward(gradient);
    return [[...told.parameters], told.inputs === null ? [] : [told.inputs]];
  });
  return { parameters, inputs: inputs[0] ?? null };
}
