import type { NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import { bitsOf, floatValues } from "./floatValues.ts";
import type { WasmBackend, WasmKernel, WasmKernelArguments } from "./wasmBackend.ts";

/** tfjs's own MaxPoolGrad kernel of the wasm backend. */
export type PoolingGradientKernel = (call: WasmKernelArguments) => TensorInfo;

/** Images [rows, height, width, channels] and what 2 x 2 pooling made of them, as numbers in memory. */
interface PooledImages {
  readonly images: Float32Array;
  readonly largest: Float32Array;
  /** Bits of the derivatives of what was pooled, and of the images. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * Hands each derivative to the first of its four pixels that is the largest. Without branches, which the data would make
 * unpredictable: a comparison becomes a mask of all or no bits, and what a pixel takes is cleared for those after it.
 */
function handBack(
  { images, largest, from, to }: PooledImages,
  [rows, height, width, channels]: readonly number[],
): void {
  const rowSize = (width as number) * (channels as number);
  const [outHeight, outWidth] = [(height as number) >> 1, (width as number) >> 1];
  const depth = channels as number;
  let pooled = 0;
  for (let image = 0; image < (rows as number); image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      let pixel = (image * (height as number) + 2 * outRow) * rowSize;
      for (let outColumn = 0; outColumn < outWidth; outColumn++, pixel += depth) {
        for (let channel = 0; channel < depth; channel++, pixel++, pooled++) {
          const top = largest[pooled] as number;
          const below = pixel + rowSize;
          const all = from[pooled] as number;
          const first = all & -Number(images[pixel] === top);
          const afterFirst = all ^ first;
          const second = afterFirst & -Number(images[pixel + depth] === top);
          const afterSecond = afterFirst ^ second;
          const third = afterSecond & -Number(images[below] === top);
          to[pixel] = first;
          to[pixel + depth] = second;
          to[below] = third;
          to[below + depth] = afterSecond ^ third;
        }
      }
    }
  }
}

function isTwoByTwo({ filterSize, strides, pad }: NamedAttrMap): boolean {
  const sides = [filterSize, strides].flat();
  return pad === "valid" && sides.every((side) => side === 2);
}

function computeTwoByTwo(backend: WasmBackend, inputs: { dy: TensorInfo; input: TensorInfo; output: TensorInfo }) {
  const { dy, input, output } = inputs;
  const told = backend.makeOutput(input.shape, "float32");
  const numbers = {
    images: floatValues(backend, input),
    largest: floatValues(backend, output),
    from: bitsOf(floatValues(backend, dy)),
    to: bitsOf(floatValues(backend, told)),
  };
  // A last odd row or column is in no window.
  if (input.shape.slice(1, 3).some((side) => side % 2 === 1)) numbers.to.fill(0);
  handBack(numbers, input.shape);
  return told;
}

/**
 * The derivative of max pooling over 2 x 2 pixels; other windows go to tfjs's own kernel. Of equal pixels the first one
 * passes the derivative on, as on the other engines; tfjs's own kernel here takes another.
 * O(numbers of the images).
 */
export function createMaxPoolGrad(original: PoolingGradientKernel): WasmKernel {
  return {
    name: "MaxPoolGrad",
    compute(call) {
      if (!isTwoByTwo(call.attrs)) return original(call);
      return computeTwoByTwo(call.backend, call.inputs as { dy: TensorInfo; input: TensorInfo; output: TensorInfo });
    },
  };
}
