import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorflowBackend } from "./tensorflowBackend.ts";

/** What a kernel call carries. */
interface ReluGradientCall {
  readonly inputs: { readonly gradient: TensorInfo; readonly outputs: TensorInfo };
  readonly backend: TensorflowBackend;
}

/** TensorFlow's own `ReluGrad`, which TensorFlow.js does not name. */
export function reluGradientKernel({ inputs, backend }: ReluGradientCall): Tensor {
  const { binding } = backend;
  const attributes = [{ name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }];
  const ids = backend.getInputTensorIds([inputs.gradient, inputs.outputs]);
  return backend.createOutputTensor(binding.executeOp("ReluGrad", attributes, ids, 1)[0]!);
}
