import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";

/** A number that all copies of a pack share, or one for each. */
export type Factor = number | Tensor;

/**
 * The numbers of the copies of a pack as a factor on tensors of the given rank, whose first axis is the pack's: the
 * number itself where all have the same, which engines multiply fastest, else [P, 1, ...]. Either way the same single
 * precision number meets each element, so that a copy's results do not depend on what the others have (law 6).
 * Must run in the caller's tidy scope.
 */
export function perCopy(tf: TensorFlow, values: readonly number[], rank: number): Factor {
  const [first = 0] = values;
  if (values.every((value) => value === first)) return first;
  return tf.tensor([...values], [values.length, ...Array<number>(rank - 1).fill(1)]);
}
