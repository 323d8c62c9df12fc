import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";

/**
 * 1 at each index and 0 elsewhere, float32, [...indices, depth]. The wasm backend's OneHot gives whole numbers whatever
 * type it is asked for (tfjs-backend-wasm 4.22), hence the cast.
 */
export function oneHotRows(tf: TensorFlow, indices: Tensor, depth: number): Tensor {
  return tf.cast(tf.oneHot(indices, depth, 1, 0, "int32"), "float32");
}
