import type { KernelBackend, KernelFunc, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";

/**
 * Sums of many tensors in parts. tfjs's own kernel makes one shader with a buffer for each; a device takes 8 or 10
 * buffers a shader, WebGPU reports an error for more, and the sum is never computed (tfjs-backend-webgpu 4.22).
 *
 * @param original tfjs's kernel
 * @param buffersMax buffers of one shader, the result's included; at least 3
 */
export function createAddNKernel(original: KernelFunc, buffersMax: number): KernelFunc {
  const termsMax = buffersMax - 1;
  return (call) => {
    const backend = call.backend as KernelBackend;
    const add = (terms: readonly TensorInfo[]) =>
      original({ ...call, inputs: terms as unknown as NamedTensorInfoMap }) as TensorInfo;
    const terms = call.inputs as unknown as readonly TensorInfo[];
    let sum = add(terms.slice(0, termsMax));
    for (let start = termsMax; start < terms.length; start += termsMax - 1) {
      const next = add([sum, ...terms.slice(start, start + termsMax - 1)]);
      backend.disposeData(sum.dataId);
      sum = next;
    }
    return sum;
  };
}
