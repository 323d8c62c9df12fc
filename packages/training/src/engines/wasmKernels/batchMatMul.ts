import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { ProductCall } from "./matrixProduct.ts";
import { stackedProduct } from "./stackedProduct.ts";
import type { TransposeKernel } from "./untransposed.ts";
import type { WasmBackend, WasmKernel, WasmKernelArguments } from "./wasmBackend.ts";

/** `BatchMatMul(a_id, a_shape, a_rank, b_id, b_shape, b_rank, transpose_a, transpose_b, out_id)` of the C++ side. */
function bind(backend: WasmBackend): ProductCall {
  const types = ["number", "array", "number", "number", "array", "number", "number", "number", "number"];
  const call = backend.wasm.cwrap("BatchMatMul", null, types);
  return ({ leftId, leftShape, rightId, rightShape, outputId }) =>
    call(leftId, leftShape, 3, rightId, rightShape, 3, 0, 0, outputId);
}

/**
 * Matrix products of stacks, through XNNPACK's GEMM whatever is transposed and however many matrices there are.
 * tfjs's own kernel (tfjs-backend-wasm/src/cc/batch_mat_mul_impl.cc) takes a scalar triple loop for both cases.
 * O(count m k n).
 */
export function createBatchMatMul(transpose: TransposeKernel): WasmKernel {
  const calls = new WeakMap<object, ProductCall>();
  return {
    name: "BatchMatMul",
    compute(kernelCall: WasmKernelArguments): TensorInfo {
      const { backend } = kernelCall;
      const product = calls.get(backend.wasm) ?? bind(backend);
      calls.set(backend.wasm, product);
      return stackedProduct(kernelCall, transpose, product);
    },
  };
}
