import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../engines/engine.ts";

/** One copy's part of a tensor, [P, ...] -> [1, ...]; a tensor that all copies share is every copy's part. */
export function copyOf(tf: TensorFlow, tensor: Tensor, copy: number): Tensor {
  const [copies, ...shape] = tensor.shape;
  if (copies === 1) return tensor;
  return tf.slice(tensor, [copy, ...shape.map(() => 0)], [1, ...shape]);
}

/** The copies' parts [1, ...], in their order, as one tensor [P, ...]. */
export function joinCopies(tf: TensorFlow, parts: readonly Tensor[]): Tensor {
  return parts.length === 1 ? (parts[0] as Tensor) : tf.concat([...parts], 0);
}
