import type { Layer } from "./layer.ts";

/**
 * Inverted dropout: inputs times the step's mask, the same for all copies; the identity without masks.
 *
 * @param name tells this place from the model's others
 * @param shape of one row
 */
export function dropout(name: string, shape: readonly number[]): Layer {
  return {
    parameters: [],
    dropoutShapes: (rows) => [{ name, shape: [rows, ...shape] }],
    apply({ tf, inputs, masks }) {
      const [mask] = masks;
      const masked = (tensor: typeof inputs) => (mask ? tf.mul(tensor, mask) : tensor);
      return { outputs: masked(inputs), backward: (gradient) => ({ inputs: masked(gradient), parameters: [] }) };
    },
  };
}
