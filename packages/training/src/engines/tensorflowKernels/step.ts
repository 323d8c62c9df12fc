import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorflowBackend } from "./tensorflowBackend.ts";

/**
 * 1 above 0, else 0; NaN stays. tfjs-node's own kernel fills tensors of constants in JavaScript and selects from them:
 * 17 times as slow on the hidden layer of a pack.
 *
 * @param original tfjs-node's kernel, for a slope below 0
 */
export function createStepKernel(original: KernelFunc): KernelFunc {
  return (call) => {
    if (call.attrs?.["alpha"] !== 0) return original(call);
    const backend = call.backend as unknown as TensorflowBackend;
    const { binding } = backend;
    const attributes = [{ name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }];
    const [input] = backend.getInputTensorIds([call.inputs["x"] as TensorInfo]) as [number];
    const [sign] = binding.executeOp("Sign", attributes, [input], 1);
    const [positive] = binding.executeOp("Relu", attributes, [sign!.id], 1);
    binding.deleteTensor(sign!.id);
    return backend.createOutputTensor(positive!);
  };
}
