import type { Tensor } from "@tensorflow/tfjs-core";

/**
 * Values of a float32 tensor, row-major; the tensor is freed, also when it cannot be read.
 *
 * The rule: numbers leave an engine through this function, never through `dataSync` or `arraySync`. A GPU can only be
 * waited for with a promise: on webgpu those two throw for all that was computed there. A promise outlives `tidy`, so
 * return the tensor from `tidy` and read it outside.
 */
export async function readTensor(tensor: Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data<"float32">()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
