import type { NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engine.ts";
import { type ConvolutionShape, convolutionShape } from "./convolutionShape.ts";
import { floatValues } from "./floatValues.ts";
import type { WasmBackend, WasmKernel } from "./wasmBackend.ts";

/** tfjs's own Conv2D kernel of the wasm backend: XNNPACK's convolution. */
export type ConvolutionKernel = (call: {
  inputs: { x: TensorInfo; filter: TensorInfo };
  attrs: NamedAttrMap;
  backend: WasmBackend;
}) => TensorInfo;

/** Filters turned by half a turn, with inputs and outputs swapped: [h, w, in, out] -> [h, w, out, in]. */
function turnedFilters(backend: WasmBackend, filter: TensorInfo): TensorInfo {
  const [height, width, inputs, outputs] = filter.shape as [number, number, number, number];
  const turned = backend.makeOutput([height, width, outputs, inputs], "float32");
  const [from, to] = [floatValues(backend, filter), floatValues(backend, turned)];
  const taps = height * width;
  for (let tap = 0; tap < taps; tap++) {
    const [source, target] = [tap * inputs * outputs, (taps - 1 - tap) * inputs * outputs];
    for (let input = 0; input < inputs; input++) {
      for (let output = 0; output < outputs; output++) {
        to[target + output * inputs + input] = from[source + input * outputs + output] as number;
      }
    }
  }
  return turned;
}

/** The outputs' derivative with zeros where the stride left pixels out. */
function spread(backend: WasmBackend, dy: TensorInfo, shape: ConvolutionShape): TensorInfo {
  const { batchSize, outHeight, outWidth, outChannels, strideHeight, strideWidth } = shape;
  const height = (outHeight - 1) * strideHeight + 1;
  const width = (outWidth - 1) * strideWidth + 1;
  const spreadOut = backend.makeOutput([batchSize, height, width, outChannels], "float32");
  const [from, to] = [floatValues(backend, dy), floatValues(backend, spreadOut)];
  to.fill(0);
  let source = 0;
  for (let row = 0; row < batchSize * outHeight; row++) {
    const image = Math.floor(row / outHeight);
    const start = (image * height + (row % outHeight) * strideHeight) * width;
    for (let column = 0; column < outWidth; column++, source += outChannels) {
      to.set(from.subarray(source, source + outChannels), (start + column * strideWidth) * outChannels);
    }
  }
  return spreadOut;
}

/** Zeros around the spread derivative, such that a convolution without stride gives images of the inputs' size. */
function paddingOf({ padInfo, inHeight, inWidth, filterHeight, filterWidth, ...shape }: ConvolutionShape): number[][] {
  const { outHeight, outWidth, strideHeight, strideWidth } = shape;
  return [
    [0, 0],
    [filterHeight - 1 - padInfo.top, inHeight + padInfo.top - 1 - (outHeight - 1) * strideHeight],
    [filterWidth - 1 - padInfo.left, inWidth + padInfo.left - 1 - (outWidth - 1) * strideWidth],
    [0, 0],
  ];
}

/**
 * The derivative of a convolution with respect to its inputs: the convolution of the outputs' derivative with the turned
 * filters, through XNNPACK. tfjs's own kernel (tfjs-backend-wasm/src/cc/kernels/Conv2DBackpropInput.cc) is a plain loop.
 * O(rows in-pixels kernel^2 in-channels out-channels), stride^2 times what is needed.
 */
export function createConv2DBackpropInput(tf: TensorFlow, convolution: ConvolutionKernel): WasmKernel {
  return {
    name: "Conv2DBackpropInput",
    compute({ inputs, attrs, backend }) {
      const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
      const shape = convolutionShape(tf, attrs, { images: attrs["inputShape"] as number[], filters: filter.shape });
      const isSpread = shape.strideHeight > 1 || shape.strideWidth > 1;
      const x = isSpread ? spread(backend, dy, shape) : dy;
      const turned = turnedFilters(backend, filter);
      const attributes = { strides: 1, dilations: 1, dataFormat: "NHWC", pad: paddingOf(shape) };
      const told = convolution({ inputs: { x, filter: turned }, attrs: attributes, backend });
      backend.disposeData(turned.dataId);
      if (isSpread) backend.disposeData(x.dataId);
      return told;
    },
  };
}
