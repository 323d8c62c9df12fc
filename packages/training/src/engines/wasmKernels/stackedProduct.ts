import type { TensorInfo } from "@tensorflow/tfjs-core";
import { multiplyStacks, type ProductCall, toMatrixStack } from "./matrixProduct.ts";
import { type TransposeKernel, untransposed } from "./untransposed.ts";
import type { WasmKernelArguments } from "./wasmBackend.ts";

function matrixCount(tensor: TensorInfo): number {
  return tensor.shape.slice(0, -2).reduce((product, size) => product * size, 1);
}

/** Shape of a stacked product; its leading axes are those of the operand with more matrices. */
function productShape(left: TensorInfo, right: TensorInfo): number[] {
  const leading = matrixCount(left) >= matrixCount(right) ? left : right;
  return [...leading.shape.slice(0, -2), left.shape.at(-2) as number, right.shape.at(-1) as number];
}

/**
 * The product of a kernel call's operands `a` and `b`, honouring `transposeA` and `transposeB`.
 *
 * @param kernelCall inputs a, b of shape [..., m, k] and [..., k, n] after transposition, float32
 * @param transpose the backend's kernel that moves data
 * @param product multiplies one pair of matrices
 * @returns [..., m, n]
 */
export function stackedProduct(
  { inputs, attrs, backend }: WasmKernelArguments,
  transpose: TransposeKernel,
  product: ProductCall,
): TensorInfo {
  const operand = (name: "a" | "b", transposed: boolean) =>
    untransposed(backend, transpose, { tensor: inputs[name] as TensorInfo, transposed });
  const left = operand("a", attrs["transposeA"] === true);
  const right = operand("b", attrs["transposeB"] === true);
  const output = backend.makeOutput(productShape(left.tensor, right.tensor), "float32");
  const stacks = {
    left: toMatrixStack(backend, left.tensor),
    right: toMatrixStack(backend, right.tensor),
    output: toMatrixStack(backend, output),
  };
  multiplyStacks(backend, stacks, product);
  left.dispose();
  right.dispose();
  return output;
}
