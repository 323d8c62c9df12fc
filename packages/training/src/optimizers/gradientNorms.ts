import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";

/** PyTorch's guard of the quotient in `clip_grad_norm_`. */
const NORM_GUARD = 1e-6;

/** For every copy, the sum of squares of all its values in the given tensors, [P, ...] each. [P] */
export function sumsOfSquares(tf: TensorFlow, tensors: readonly Tensor[]): Tensor {
  return tf.tidy(() => {
    const perTensor = tensors.map((tensor) => {
      return tf.sum(tf.square(tf.reshape(tensor, [tensor.shape[0] as number, -1])), 1);
    });
    return tf.addN(perTensor);
  });
}

/**
 * Shortens every copy's whole gradient to at most `normMax`, as PyTorch's `clip_grad_norm_`:
 * g <- g min(1, normMax / (|g| + 1e-6)).
 *
 * @param squares the result of `sumsOfSquares`
 */
export function clipGradients(
  tf: TensorFlow,
  gradients: readonly Tensor[],
  options: { squares: Tensor; normMax: number },
): Tensor[] {
  return tf.tidy(() => {
    const factors = tf.minimum(1, tf.div(options.normMax, tf.add(tf.sqrt(options.squares), NORM_GUARD)));
    return gradients.map((gradient) => {
      const onCopies = [gradient.shape[0] as number, ...gradient.shape.slice(1).map(() => 1)];
      return tf.mul(gradient, tf.reshape(factors, onCopies));
    });
  });
}
