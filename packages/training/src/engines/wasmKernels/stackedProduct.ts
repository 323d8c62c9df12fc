import type { TensorInfo } from "@tensorflow/tfjs-core";
import { multiplyStacks, type ProductCall, toMatrixStack } from "./matrixProduct.ts";
import { type TransposeKernel, untransposed } from "./untransposed.ts";
import type { WasmBackend, WasmKernelArguments } from "./wasmBackend.ts";

function matrixCount(tensor: TensorInfo): number {
  return tensor.shape.slice(0, -2).reduce((product, size) => product * size, 1);
}

/** Shape of a stacked product; its leading axes are those of the operand with more matrices. */
function productShape(left: TensorInfo, right: TensorInfo): number[] {
  const leading = matrixCount(left) >= matrixCount(right) ? left : right;
  return [...leading.shape.slice(0, -2), left.shape.at(-2) as number, right.shape.at(-1) as number];
}

/** The product of untransposed stacks; its output is the caller's. */
function untransposedProduct(
  backend: WasmBackend,
  operands: { left: TensorInfo; right: TensorInfo },
  call: ProductCall,
): TensorInfo {
  const { left, right } = operands;
  const output = backend.makeOutput(productShape(left, right), "float32");
  const stacks = {
    left: toMatrixStack(backend, left),
    right: toMatrixStack(backend, right),
    output: toMatrixStack(backend, output),
  };
  multiplyStacks(backend, stacks, call);
  return output;
}

/**
 * The product of a kernel call's operands `a` and `b`, honouring `transposeA` and `transposeB`.
 *
 * @param kernelCall inputs a, b of shape [..., m, k] and [..., k, n] after transposition, float32
 * @param transpose the backend's kernel that moves data
 * @param call multiplies one pair of matrices
 * @returns [..., m, n]
 */
export function stackedProduct(
  { inputs, attrs, backend }: WasmKernelArguments,
  transpose: TransposeKernel,
  call: ProductCall,
): TensorInfo {
  const operand = (name: "a" | "b", transposed: boolean) =>
    untransposed(backend, transpose, { tensor: inputs[name] as TensorInfo, transposed });
  const left = operand("a", attrs["transposeA"] === true);
  try {
    const right = operand("b", attrs["transposeB"] === true);
    try {
      return untransposedProduct(backend, { left: left.tensor, right: right.tensor }, call);
    } finally {
      right.dispose();
    }
  } finally {
    // Also where memory runs out: what stays then would be missing when a smaller pack is tried.
    left.dispose();
  }
}
