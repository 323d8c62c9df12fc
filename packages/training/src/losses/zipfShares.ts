import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";

/** Comparisons of classes that are in memory at once: 16 MiB of numbers. */
const COMPARED_MAX = 2 ** 22;

/** Share of the classes behind each rank, 0 to K: 1, 1 - u_1, ..., u_K, 0. Summed from the small end, for its digits. */
function shareBehind(classCount: number, power: number): Float32Array {
  const behind = new Float64Array(classCount + 1);
  for (let rank = classCount; rank > 0; rank--) behind[rank - 1] = (behind[rank] as number) + rank ** -power;
  return Float32Array.from(behind, (sum) => sum / (behind[0] as number));
}

/** How many classes of each row have a larger and a smaller logit than each class, [1, rows, K]. */
function countOthers(tf: TensorFlow, logits: Tensor3D): { above: Tensor; below: Tensor } {
  const [, rows, classes] = logits.shape;
  const own = tf.expandDims(logits, 3);
  const width = Math.max(1, Math.floor(COMPARED_MAX / (rows * classes)));
  let [above, below]: [Tensor, Tensor] = [tf.zeros(logits.shape), tf.zeros(logits.shape)];
  for (let start = 0; start < classes; start += width) {
    const counts = tf.tidy(() => {
      const others = tf.slice(logits, [0, 0, start], [1, rows, Math.min(width, classes - start)]);
      const lead = tf.sub(tf.expandDims(others, 2), own);
      return [tf.sum(tf.step(lead), 3), tf.sum(tf.step(tf.neg(lead)), 3)] as const;
    });
    above = tf.add(above, counts[0]);
    below = tf.add(below, counts[1]);
  }
  return { above, below };
}

/**
 * Zipf's law over the ranks of a prediction, as `zipfDistribution` of @smoothsweep/smoothing: u_k = r_k^-a / sum_j r_j^-a,
 * rank 1 for the largest logit; classes with equal logits share the mean of their ranks' weights. O(K^2) a row.
 * Logits that are no numbers give some finite u. Must run in the caller's tidy scope.
 *
 * @param logits [1, rows, K]
 * @param power a, 0 or more
 * @see Liang et al. 2022, Efficient one pass self-distillation with Zipf's label smoothing, https://arxiv.org/abs/2207.12980
 */
export function zipfShares(tf: TensorFlow, logits: Tensor3D, power: number): Tensor3D {
  const classes = logits.shape[2];
  const table = tf.tensor1d(shareBehind(classes, power));
  const { above, below } = countOthers(tf, logits);
  const notBelow = tf.sub(classes, below);
  // NaN becomes any whole number: only what lies in the table may be asked for.
  const behind = (rank: Tensor) => {
    const index = tf.minimum(tf.maximum(tf.cast(rank, "int32"), tf.scalar(0, "int32")), tf.scalar(classes, "int32"));
    return tf.gather(table, index);
  };
  const tied = tf.maximum(tf.sub(notBelow, above), 1);
  return tf.div(tf.sub(behind(above), behind(notBelow)), tied);
}
