import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { ProductCall } from "./matrixProduct.ts";
import { stackedProduct } from "./stackedProduct.ts";
import type { TransposeKernel } from "./untransposed.ts";
import type { WasmBackend, WasmKernel, WasmKernelArguments } from "./wasmBackend.ts";

/** Codes of `FusableActivation` in tfjs-backend-wasm/src/kernels/types.ts. */
const activationCodes: Record<string, number> = {
  linear: 0,
  relu: 1,
  relu6: 2,
  prelu: 3,
  leakyrelu: 4,
  sigmoid: 5,
  elu: 6,
};

/** What follows the product: bias and activation, as the C function wants them. */
interface Epilogue {
  activation: number;
  biasId: number;
  preluId: number;
  leakyreluAlpha: number;
}

function readEpilogue({ inputs, attrs, backend }: WasmKernelArguments): Epilogue {
  const idOf = (tensor: TensorInfo | undefined) => (tensor ? backend.dataIdMap.get(tensor.dataId).id : 0);
  return {
    activation: activationCodes[(attrs["activation"] as string | undefined) ?? "linear"] ?? 0,
    biasId: idOf(inputs["bias"]),
    preluId: idOf(inputs["preluActivationWeights"]),
    leakyreluAlpha: (attrs["leakyreluAlpha"] as number | undefined) ?? 0,
  };
}

/** `_FusedMatMul(a.., b.., transpose_a, transpose_b, activation, bias_id, prelu_id, leakyrelu_alpha, out_id)`. */
function bind(backend: WasmBackend, epilogue: Epilogue): ProductCall {
  const shaped = ["number", "array", "number"];
  const types = [...shaped, ...shaped, ...new Array<string>(7).fill("number")];
  const call = backend.wasm.cwrap("_FusedMatMul", null, types);
  const { activation, biasId, preluId, leakyreluAlpha } = epilogue;
  return ({ leftId, leftShape, rightId, rightShape, outputId }) =>
    call(leftId, leftShape, 3, rightId, rightShape, 3, 0, 0, activation, biasId, preluId, leakyreluAlpha, outputId);
}

/** `activation(a x b + bias)` for stacks and transposed operands; see `createBatchMatMul` for the reason. */
export function createFusedMatMul(transpose: TransposeKernel): WasmKernel {
  return {
    name: "_FusedMatMul",
    compute(kernelCall: WasmKernelArguments): TensorInfo {
      return stackedProduct(kernelCall, transpose, bind(kernelCall.backend, readEpilogue(kernelCall)));
    },
  };
}
