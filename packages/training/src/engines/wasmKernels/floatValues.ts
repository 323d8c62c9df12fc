import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { WasmBackend } from "./wasmBackend.ts";

function countOf(tensor: TensorInfo): number {
  return tensor.shape.reduce((product, size) => product * size, 1);
}

/**
 * A float32 tensor's numbers where they lie in WebAssembly memory. Making another tensor may grow that memory, which
 * detaches all views: make the tensors first.
 */
export function floatValues(backend: WasmBackend, tensor: TensorInfo): Float32Array {
  const { memoryOffset } = backend.dataIdMap.get(tensor.dataId);
  return new Float32Array(backend.wasm.HEAPU8.buffer, memoryOffset, countOf(tensor));
}

/** The same bits as whole numbers: selecting by masks costs no branches. See {@link floatValues}. */
export function bitsOf(values: Float32Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length);
}
