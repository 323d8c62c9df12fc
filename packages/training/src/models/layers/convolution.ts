import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../engines/engine.ts";
import { uniformValues } from "../../randomness/uniformValues.ts";
import { copyOf, joinCopies } from "./copies.ts";
import { type Layer, type LayerParameter, noDropout } from "./layer.ts";

/** What a convolution looks like. */
export interface ConvolutionSizes {
  /** Channels of the inputs. */
  readonly inputs: number;
  /** Channels of the outputs. */
  readonly outputs: number;
  /** Side of the square kernels. */
  readonly kernel: number;
  /** 1 by default. */
  readonly stride?: number;
  /** Whether the layer is a model's first one: its inputs cannot learn. */
  readonly isFirst?: boolean;
}

/** One copy's images without the pack axis, [1, rows, height, width, channels] -> [rows, height, width, channels]. */
function withoutCopy(tf: TensorFlow, tensor: Tensor): Tensor4D {
  return tf.reshape(tensor, tensor.shape.slice(1) as [number, number, number, number]);
}

function withCopy(tf: TensorFlow, tensor: Tensor): Tensor {
  return tf.reshape(tensor, [1, ...tensor.shape]);
}

/** Filters uniform in +-1/sqrt(inputs of one output), as PyTorch's `nn.Conv2d`. */
function filterParameter(name: string, { inputs, outputs, kernel }: ConvolutionSizes): LayerParameter {
  const inputCount = kernel * kernel * inputs;
  return {
    name: `${name}/filters`,
    shape: [kernel, kernel, inputs, outputs],
    initial: (random) => uniformValues(random, inputCount * outputs, 1 / Math.sqrt(inputCount)),
  };
}

/** Derivative with respect to the filters. TensorFlow.js has this kernel on every engine, but no function that calls it. */
function filterGradient(
  tf: TensorFlow,
  pass: { images: Tensor4D; gradient: Tensor4D; filters: Tensor4D; stride: number },
): Tensor {
  const { images, gradient, filters, stride } = pass;
  const attributes = { strides: stride, pad: "same", dataFormat: "NHWC", filterShape: filters.shape };
  return tf.engine().runKernel("Conv2DBackpropFilter", { x: images, dy: gradient }, attributes) as Tensor;
}

/**
 * Two-dimensional convolution without biases, padded with zeros so that an output has ceil(side / stride) pixels a side:
 * [P, rows, height, width, inputs] -> [P, rows, ., ., outputs]. Inputs may be shared by the copies.
 *
 * Engines know no convolution with a filter per copy, so the copies are convolved one after another; around more than
 * one layer, `inTurn` saves joining the copies in between.
 */
export function convolution(name: string, sizes: ConvolutionSizes): Layer {
  const stride = sizes.stride ?? 1;
  return {
    parameters: [filterParameter(name, sizes)],
    dropoutShapes: noDropout,
    apply({ tf, parameters: [filters], inputs }) {
      const copies = Array.from({ length: (filters as Tensor).shape[0] as number }, (_, copy) => ({
        filters: withoutCopy(tf, copyOf(tf, filters as Tensor, copy)),
        images: withoutCopy(tf, copyOf(tf, inputs, copy)),
      }));
      const join = (parts: Tensor[]) =>
        joinCopies(
          tf,
          parts.map((part) => withCopy(tf, part)),
        );
      return {
        outputs: tf.tidy(() => join(copies.map((own) => tf.conv2d(own.images, own.filters, stride, "same")))),
        backward(gradient) {
          const passes = copies.map((own, copy) => {
            return { ...own, stride, gradient: withoutCopy(tf, copyOf(tf, gradient, copy)) };
          });
          const ofInputs = () =>
            passes.map((own) => tf.conv2dTranspose(own.gradient, own.filters, own.images.shape, stride, "same"));
          return {
            parameters: [join(passes.map((pass) => filterGradient(tf, pass)))],
            inputs: sizes.isFirst === true ? null : join(ofInputs()),
          };
        },
      };
    },
  };
}
