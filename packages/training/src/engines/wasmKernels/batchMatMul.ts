import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { ProductCall } from "./matrixProduct.ts";
import { stackedProduct } from "./stackedProduct.ts";
import { type TransposeKernel, untransposed } from "./untransposed.ts";
import type { WasmBackend, WasmKernel, WasmKernelArguments } from "./wasmBackend.ts";

/** `BatchMatMul(a_id, a_shape, a_rank, b_id, b_shape, b_rank, transpose_a, transpose_b, out_id)` of the C++ side. */
function bind(backend: WasmBackend): ProductCall {
  const types = ["number", "array", "number", "number", "array", "number", "number", "number", "number"];
  const call = backend.wasm.cwrap("BatchMatMul", null, types);
  return ({ leftId, leftShape, rightId, rightShape, outputId }) =>
    call(leftId, leftShape, 3, rightId, rightShape, 3, 0, 0, outputId);
}

/**
 * Whether A B^T is made faster as (B A^T)^T: what is transposed, and packed by XNNPACK, is then the small operand and not
 * the large one. Each element adds up the same products in the same order. Only for stacks: the rows of a single matrix
 * may be those of a whole pack, and the choice must not depend on its size (law 6).
 */
function isFasterSwapped({ inputs, attrs }: WasmKernelArguments): boolean {
  if (attrs["transposeA"] === true || attrs["transposeB"] !== true) return false;
  const { shape } = inputs["a"] as TensorInfo;
  const [rows, shared] = shape.slice(-2) as [number, number];
  const columns = (inputs["b"] as TensorInfo).shape.at(-2) as number;
  return shape.length > 2 && rows * (shared + columns) < columns * shared;
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
      const { backend, inputs, attrs } = kernelCall;
      const product = calls.get(backend.wasm) ?? bind(backend);
      calls.set(backend.wasm, product);
      if (!isFasterSwapped(kernelCall)) return stackedProduct(kernelCall, transpose, product);
      const [a, b] = [inputs["b"] as TensorInfo, inputs["a"] as TensorInfo];
      const tensor = stackedProduct({ backend, attrs, inputs: { a, b } }, transpose, product);
      const swapped = untransposed(backend, transpose, { tensor, transposed: true });
      backend.disposeData(tensor.dataId);
      return swapped.tensor;
    },
  };
}
