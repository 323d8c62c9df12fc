import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { oneHotRows } from "./oneHotRows.ts";

/** The largest logit of every row, [...rows, 1], and where it is, [...rows, classes]: 1 there, the first of equals. */
export function largestLogit(tf: TensorFlow, logits: Tensor): { value: Tensor; position: Tensor } {
  const classCount = logits.shape.at(-1) as number;
  const position = oneHotRows(tf, tf.argMax(logits, -1), classCount);
  return { value: tf.max(logits, -1, true), position };
}
