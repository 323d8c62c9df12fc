import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engine.ts";
import { convolutionShape } from "./convolutionShape.ts";
import { floatValues } from "./floatValues.ts";
import { writePatchRows } from "./patchRows.ts";
import type { TransposeKernel } from "./untransposed.ts";
import type { WasmBackend, WasmKernel } from "./wasmBackend.ts";

/** The tensor with its channels first, [rows, height, width, channels] -> [channels, rows, height, width]. */
function channelsFirst(backend: WasmBackend, transpose: TransposeKernel, images: TensorInfo): TensorInfo {
  return transpose({ inputs: { x: images }, attrs: { perm: [3, 0, 1, 2] }, backend });
}

/**
 * The derivative of a convolution with respect to its filters, which tfjs-backend-wasm 4.22 does not have: one product of
 * what every kernel position saw with the outputs' derivative, through XNNPACK's GEMM.
 * O(rows out-pixels kernel^2 in-channels out-channels); holds kernel^2 times the inputs meanwhile.
 */
export function createConv2DBackpropFilter(
  tf: TensorFlow,
  kernels: { transpose: TransposeKernel; product: WasmKernel },
): WasmKernel {
  return {
    name: "Conv2DBackpropFilter",
    compute({ inputs, attrs, backend }) {
      const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
      const filterShape = attrs["filterShape"] as number[];
      const shape = convolutionShape(tf, attrs, { images: x.shape, filters: filterShape });
      const positions = shape.batchSize * shape.outHeight * shape.outWidth;
      const taps = shape.filterHeight * shape.filterWidth * shape.inChannels;
      const planes = channelsFirst(backend, kernels.transpose, x);
      const patches = backend.makeOutput([taps, positions], "float32");
      writePatchRows(floatValues(backend, patches), floatValues(backend, planes), shape);
      backend.disposeData(planes.dataId);
      const gradient = { ...dy, shape: [positions, shape.outChannels] };
      const product = kernels.product.compute({ inputs: { a: patches, b: gradient }, attrs: {}, backend });
      backend.disposeData(patches.dataId);
      return { ...product, shape: filterShape };
    },
  };
}
