import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { perCopy } from "../settings/perCopy.ts";

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
 * Shortens every copy's whole gradient to at most its own longest norm, as PyTorch's `clip_grad_norm_`:
 * g <- g min(1, normMax / (|g| + 1e-6)).
 *
 * @param options `squares` is the result of `sumsOfSquares`; `normMaxima` has a number per copy, Infinity for any length
 */
export function clipGradients(
  tf: TensorFlow,
  gradients: readonly Tensor[],
  options: { squares: Tensor; normMaxima: readonly number[] },
): Tensor[] {
  return tf.tidy(() => {
    const longest = perCopy(tf, options.normMaxima, 1);
    const factors = tf.minimum(1, tf.div(longest, tf.add(tf.sqrt(options.squares), NORM_GUARD)));
    return gradients.map((gradient) => {
      const onCopies = [gradient.shape[0] as number, ...gradient.shape.slice(1).map(() => 1)];
      return tf.mul(gradient, tf.reshape(factors, onCopies));
    });
  });
}
