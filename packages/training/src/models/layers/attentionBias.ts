import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../engines/engine.ts";
import type { LayerCall } from "./layer.ts";

/**
 * Added to the scores of what must not be seen: its weight is exactly 0 in single precision, and a row in which nothing
 * may be seen stays finite.
 */
const UNSEEN = -1e9;

/** [length, length]: `UNSEEN` where the key comes after the query. */
function laterKeys(tf: TensorFlow, length: number): Tensor2D {
  const values = Float32Array.from({ length: length * length }, (_, place) =>
    place % length > Math.floor(place / length) ? UNSEEN : 0,
  );
  return tf.tensor2d(values, [length, length]);
}

/** [P rows, 1, length]: `UNSEEN` at padding. */
function absentKeys(tf: TensorFlow, presence: Tensor, copies: number): Tensor {
  const [, rows, length] = presence.shape as [number, number, number];
  const bias = tf.mul(tf.sub(1, presence), UNSEEN);
  return tf.reshape(tf.tile(bias, [copies, 1, 1]), [copies * rows, 1, length]);
}

/** Scores [P rows, heads, queries, keys] with those of padding and, if causal, of later keys out of reach. */
export function attentionBias(
  { tf, inputs, presence }: LayerCall,
  { scores, causal }: { scores: Tensor4D; causal: boolean },
): Tensor4D {
  const [stack, heads, length] = scores.shape;
  let seen: Tensor = scores;
  if (causal) seen = tf.add(seen, laterKeys(tf, length));
  if (presence === undefined) return seen as Tensor4D;
  // Three axes: the engines' sums of tensors of different shapes are fastest there.
  const flat = tf.reshape(seen, [stack, heads * length, length]);
  return tf.reshape(tf.add(flat, absentKeys(tf, presence, inputs.shape[0] as number)), scores.shape);
}
