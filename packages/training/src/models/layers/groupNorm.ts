import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../engines/engine.ts";
import { type Layer, type LayerParameter, noDropout } from "./layer.ts";

/** Added to the variance, as PyTorch's `nn.GroupNorm`. */
const STABILITY = 1e-5;

/** How the channels are divided. */
export interface GroupNormSizes {
  readonly channels: number;
  /** Divides the channels evenly. */
  readonly groups: number;
}

function constantParameter(name: string, width: number, value: number): LayerParameter {
  return { name, shape: [1, width], initial: () => new Float32Array(width).fill(value) };
}

/** Means over the channels of a group, repeated for each of them: [n, channels] -> the same. */
function groupMeans(tf: TensorFlow, values: Tensor, { channels, groups }: GroupNormSizes): Tensor2D {
  const perGroup = channels / groups;
  const means = tf.mean(tf.reshape(values, [-1, groups, perGroup]), 2, true);
  return tf.reshape(tf.tile(means, [1, 1, perGroup]), [-1, channels]);
}

/** [n, channels] as factors of every pixel, [n, 1, channels]. */
function toPixels(tf: TensorFlow, values: Tensor2D): Tensor3D {
  return tf.expandDims(values, 1);
}

/** Distances from the group's mean [n, pixels, channels], and 1 / standard deviation [n, channels]. */
function standardise(tf: TensorFlow, images: Tensor3D, sizes: GroupNormSizes): [Tensor3D, Tensor2D] {
  const centred: Tensor3D = tf.sub(images, toPixels(tf, groupMeans(tf, tf.mean(images, 1), sizes)));
  const variances = groupMeans(tf, tf.mean(tf.square(centred), 1), sizes);
  return [centred, tf.rsqrt(tf.add(variances, STABILITY))];
}

/**
 * (x - mean) / sqrt(variance + 1e-5), mean and variance being those of one row's pixels in a group of channels, times
 * scales, plus shifts: [P, rows, height, width, channels] -> the same. Scales begin at 1 and shifts at 0.
 *
 * Batch normalisation would mix the rows of a batch and carry averages from step to step; this one has no state and is
 * the same in training and prediction. With c the distances from the mean, i = 1 / sqrt(variance + 1e-5) and
 * h = gradient x scales, the derivative is i h - i mean(h) - c i^3 mean(h c).
 *
 * @see Wu, He 2018, Group normalization, https://arxiv.org/abs/1803.08494
 */
export function groupNorm(name: string, sizes: GroupNormSizes): Layer {
  const { channels } = sizes;
  return {
    parameters: [constantParameter(`${name}/scales`, channels, 1), constantParameter(`${name}/shifts`, channels, 0)],
    dropoutShapes: noDropout,
    apply({ tf, parameters, inputs }) {
      const [scales, shifts] = parameters as [Tensor3D, Tensor3D];
      const [copies, rows, height, width] = inputs.shape as [number, number, number, number];
      const pixels = height * width;
      const toImages = (tensor: Tensor): Tensor3D => tf.reshape(tensor, [copies * rows, pixels, channels]);
      /** [n, channels] times a copy's scales. */
      const scaled = (values: Tensor): Tensor2D =>
        tf.reshape(tf.mul(tf.reshape(values, [copies, rows, channels]), scales), [copies * rows, channels]);
      /** Sums over the rows of a copy, [n, channels] -> [P, 1, channels]. */
      const sumRows = (values: Tensor) => tf.sum(tf.reshape(values, [copies, rows, channels]), 1, true);
      const [centred, inverse] = tf.tidy(() => standardise(tf, toImages(inputs), sizes));
      const outputs = tf.tidy(() => {
        const products = tf.mul(centred, toPixels(tf, scaled(inverse)));
        return tf.reshape(tf.add(tf.reshape(products, [copies, rows * pixels, channels]), shifts), inputs.shape);
      });
      return {
        outputs,
        backward(gradient) {
          const images = toImages(gradient);
          const sums = tf.sum(images, 1);
          const products = tf.mul(tf.sum(tf.mul(images, centred), 1), inverse);
          const meanOf = (values: Tensor) => tf.div(groupMeans(tf, scaled(values), sizes), pixels);
          const along = toPixels(tf, tf.mul(tf.square(inverse), meanOf(products)));
          const constant = toPixels(tf, tf.mul(inverse, meanOf(sums)));
          const direct = tf.mul(images, toPixels(tf, scaled(inverse)));
          const told = tf.sub(direct, tf.add(tf.mul(centred, along), constant));
          return { inputs: tf.reshape(told, inputs.shape), parameters: [sumRows(products), sumRows(sums)] };
        },
      };
    },
  };
}
