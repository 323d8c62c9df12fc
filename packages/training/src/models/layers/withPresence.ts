import type { Layer } from "./layer.ts";

/** Tells the layers of a text model which of its tokens [1, rows, length] are there, and which only fill rows up. */
export function withPresence(padding: number | null, layer: Layer): Layer {
  if (padding === null) return layer;
  return {
    ...layer,
    apply(call) {
      const { tf, inputs } = call;
      const presence = tf.cast(tf.notEqual(inputs, tf.scalar(padding, "int32")), "float32");
      return layer.apply({ ...call, presence });
    },
  };
}
