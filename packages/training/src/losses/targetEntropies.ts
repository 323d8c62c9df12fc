import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { LossSettings } from "../settings/lossSettings.ts";

/** Least positive number whose logarithm is safe in single precision on every engine: 0 ln 0 must be 0. */
const LEAST = 1e-37;

/** x ln x, 0 at 0. */
function terms(tf: TensorFlow, masses: Tensor): Tensor {
  return tf.mul(masses, tf.log(tf.maximum(masses, LEAST)));
}

/**
 * The smallest cross entropy that each row of targets allows, [...rows], in nats: S ln S - sum_k q_k ln q_k, or for
 * sigmoids the sum of the binary entropies. For rows that exist as tensors only; see `entropyFloor`.
 * Must run in the caller's tidy scope.
 */
export function targetEntropies(tf: TensorFlow, targets: Tensor, loss: LossSettings): Tensor {
  const sums = tf.sum(terms(tf, targets), -1);
  if (loss.kind !== "binary-cross-entropy") return tf.sub(terms(tf, tf.sum(targets, -1)), sums);
  return tf.neg(tf.add(sums, tf.sum(terms(tf, tf.sub(1, targets)), -1)));
}
