import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { RowLosses } from "./rowLosses.ts";

/** Target rows that are `shared` times a mixing distribution, and `excess` more at the row's own class. P copies. */
export interface IndexedTargets {
  /** The class of every row, [rows]. */
  readonly labels: Int32Array;
  /** q_y - shared u_y, [P, rows] */
  readonly excess: Float32Array;
  /** [P, rows] */
  readonly shared: Float32Array;
  /** S = sum_k q_k, [P, rows] */
  readonly rowSums: Float32Array;
  /** u, [P, K] */
  readonly mixing: Float32Array;
}

/** Where each row's own class is among logits [P rows, K], as [P rows, 2]. */
function ownPlaces(tf: TensorFlow, labels: Int32Array, copies: number): Tensor2D {
  const rows = labels.length;
  const places = new Int32Array(copies * rows * 2);
  for (let row = 0; row < copies * rows; row++) {
    places[2 * row] = row;
    places[2 * row + 1] = labels[row % rows] as number;
  }
  return tf.tensor2d(places, [copies * rows, 2], "int32");
}

interface Operands {
  readonly places: Tensor2D;
  readonly excess: Tensor;
  readonly shared: Tensor3D;
  readonly rowSums: Tensor3D;
  readonly mixing: Tensor3D;
}

/** z - max z, softmax(z) and the losses; what lies between is freed. */
function forward(tf: TensorFlow, logits: Tensor3D, { places, excess, shared, rowSums, mixing }: Operands) {
  return tf.tidy((): [Tensor3D, Tensor] => {
    const [copies, rows, classes] = logits.shape;
    const shifted: Tensor3D = tf.sub(logits, tf.max(logits, 2, true));
    const probabilities: Tensor3D = tf.softmax(shifted);
    // The largest shifted logit is 0, and its probability at least 1 / K.
    const normaliser = tf.neg(tf.log(tf.max(probabilities, 2, true)));
    const mixed = tf.mul(shared, tf.matMul(shifted, mixing, false, true));
    const own = tf.mul(tf.gatherND(tf.reshape(shifted, [copies * rows, classes]), places), excess);
    const losses = tf.sub(tf.mul(rowSums, normaliser), mixed);
    return [probabilities, tf.sub(tf.reshape(losses, [copies, rows]), tf.reshape(own, [copies, rows]))];
  });
}

/** S p - q; takes the probabilities over. */
function backward(tf: TensorFlow, probabilities: Tensor3D, { places, excess, shared, rowSums, mixing }: Operands) {
  const [copies, rows, classes] = probabilities.shape;
  const smooth: Tensor3D = tf.tidy(() => {
    const scaled = tf.mul(probabilities, rowSums);
    probabilities.dispose();
    return tf.sub(scaled, tf.matMul(shared, mixing));
  });
  // Not TensorScatterUpdate, which would need one array less: on cpu (4.22) its numbers are wrong.
  return tf.tidy((): Tensor3D => {
    const own = tf.reshape(tf.scatterND(places, excess, [copies * rows, classes]), [copies, rows, classes]);
    const gradient: Tensor3D = tf.sub(smooth, own);
    smooth.dispose();
    return gradient;
  });
}

/**
 * Cross entropy against targets q = shared u + excess onehot(y), without writing q out: for many classes.
 *
 *     L = S ln sum_k exp z_k - shared (u . z) - excess z_y,   dL/dz = S p - shared u - excess onehot(y)
 *
 * At most three arrays of [P, rows, K] are alive at once beside the logits, where writing targets out takes a dozen.
 * Logits are shifted by their largest value per row, so that any finite logits are safe. Must run in the caller's tidy
 * scope.
 *
 * @param logits [P, rows, K]
 */
export function indexedCrossEntropy(tf: TensorFlow, logits: Tensor3D, targets: IndexedTargets): RowLosses<Tensor3D> {
  const [copies, rows, classes] = logits.shape;
  const operands: Operands = {
    places: ownPlaces(tf, targets.labels, copies),
    excess: tf.tensor1d(targets.excess),
    shared: tf.tensor3d(targets.shared, [copies, rows, 1]),
    rowSums: tf.tensor3d(targets.rowSums, [copies, rows, 1]),
    mixing: tf.tensor3d(targets.mixing, [copies, 1, classes]),
  };
  const [probabilities, losses] = forward(tf, logits, operands);
  return { losses, gradient: backward(tf, probabilities, operands), crossEntropies: losses };
}
