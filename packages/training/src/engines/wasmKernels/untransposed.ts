import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { WasmBackend } from "./wasmBackend.ts";

/** tfjs's own Transpose kernel of the wasm backend. */
export type TransposeKernel = (call: {
  inputs: { x: TensorInfo };
  attrs: { perm: number[] };
  backend: WasmBackend;
}) => TensorInfo;

/**
 * The tensor with its last two axes swapped if `transposed`, else itself; `dispose` frees what was made.
 * Moving the data first costs a pass over it, and saves the 50 to 70 times that the backend's loop for transposed
 * operands is slower than its product of untransposed ones.
 */
export function untransposed(
  backend: WasmBackend,
  transpose: TransposeKernel,
  operand: { tensor: TensorInfo; transposed: boolean },
): { tensor: TensorInfo; dispose(): void } {
  const { tensor } = operand;
  if (!operand.transposed) return { tensor, dispose: () => undefined };
  const rank = tensor.shape.length;
  const perm = tensor.shape.map((_, axis) => axis);
  perm[rank - 2] = rank - 1;
  perm[rank - 1] = rank - 2;
  const moved = transpose({ inputs: { x: tensor }, attrs: { perm }, backend });
  return { tensor: moved, dispose: () => void backend.disposeData(moved.dataId) };
}
