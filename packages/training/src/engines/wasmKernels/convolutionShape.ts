import type { NamedAttrMap } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engine.ts";

/** Sizes of a convolution of images [rows, height, width, channels]. */
export type ConvolutionShape = ReturnType<TensorFlow["backend_util"]["computeConv2DInfo"]>;

type Shape4D = [number, number, number, number];

/** The sizes of the convolution whose derivative a kernel computes, from the kernel's attributes. */
export function convolutionShape(
  tf: TensorFlow,
  attrs: NamedAttrMap,
  shapes: { images: readonly number[]; filters: readonly number[] },
): ConvolutionShape {
  const { strides, pad, dimRoundingMode, dataFormat } = attrs as {
    strides: number | [number, number];
    pad: "same" | "valid" | number;
    dimRoundingMode?: "floor" | "round" | "ceil";
    dataFormat: "NHWC";
  };
  const [images, filters] = [shapes.images as Shape4D, shapes.filters as Shape4D];
  const format = tf.backend_util.convertConv2DDataFormat(dataFormat);
  return tf.backend_util.computeConv2DInfo(images, filters, strides, 1, pad, dimRoundingMode, false, format);
}
