import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { WasmBackend } from "./wasmBackend.ts";

const BYTES_PER_FLOAT = 4;

/** A stack of row-major matrices in WebAssembly memory: `count` matrices of `rows` x `columns`. */
export interface MatrixStack {
  readonly memoryOffset: number;
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
}

/** One product of two untransposed matrices, by tensor ids of the backend's C++ side. */
export type ProductCall = (operands: {
  leftId: number;
  leftShape: Uint8Array;
  rightId: number;
  rightShape: Uint8Array;
  outputId: number;
}) => void;

/** Reads a tensor of rank 2 or more as a stack of matrices. */
export function toMatrixStack(backend: WasmBackend, tensor: TensorInfo): MatrixStack {
  const rows = tensor.shape.at(-2) as number;
  const columns = tensor.shape.at(-1) as number;
  const count = tensor.shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { memoryOffset: backend.dataIdMap.get(tensor.dataId).memoryOffset, count, rows, columns };
}

/** Gives one matrix of a stack a tensor id of its own, without copying, for as long as `use` runs. */
function withMatrix(backend: WasmBackend, stack: MatrixStack, options: { index: number; use: (id: number) => void }) {
  const elements = stack.rows * stack.columns;
  const id = backend.dataIdNextNumber++;
  const offset = stack.memoryOffset + (options.index % stack.count) * elements * BYTES_PER_FLOAT;
  backend.wasm.tfjs.registerTensor(id, elements, offset);
  try {
    options.use(id);
  } finally {
    // Also frees the operator that XNNPACK caches per right-hand operand.
    backend.wasm.tfjs.disposeData(id);
  }
}

function shapeBytes(stack: MatrixStack): Uint8Array {
  return new Uint8Array(new Int32Array([1, stack.rows, stack.columns]).buffer);
}

/**
 * output[i] = left[i] x right[i] for every matrix of the stacks, a stack of one being used for all.
 *
 * XNNPACK serves only products of two single, untransposed matrices, so the stacks go to it one pair at a time through
 * aliases. Fresh alias ids matter for correctness too: the backend caches the packed right-hand operand by its id alone,
 * and would reuse it for a reshaped tensor of the same data.
 *
 * Each product's arithmetic is independent of the number of matrices, which law 6 (a trial's numbers do not depend on
 * its pack) rests on.
 */
export function multiplyStacks(
  backend: WasmBackend,
  stacks: { left: MatrixStack; right: MatrixStack; output: MatrixStack },
  product: ProductCall,
): void {
  const { left, right, output } = stacks;
  const leftShape = shapeBytes(left);
  const rightShape = shapeBytes(right);
  const multiplyAt = (index: number, rightId: number) =>
    withMatrix(backend, left, {
      index,
      use: (leftId) =>
        withMatrix(backend, output, {
          index,
          use: (outputId) => product({ leftId, leftShape, rightId, rightShape, outputId }),
        }),
    });
  if (right.count === 1) {
    withMatrix(backend, right, {
      index: 0,
      use: (rightId) => {
        for (let index = 0; index < output.count; index++) multiplyAt(index, rightId);
      },
    });
    return;
  }
  for (let index = 0; index < output.count; index++) {
    withMatrix(backend, right, { index, use: (rightId) => multiplyAt(index, rightId) });
  }
}
