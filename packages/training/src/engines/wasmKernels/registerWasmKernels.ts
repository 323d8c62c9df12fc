import type { TensorFlow } from "../engine.ts";
import { createBatchMatMul } from "./batchMatMul.ts";
import { createFusedMatMul } from "./fusedMatMul.ts";
import type { TransposeKernel } from "./untransposed.ts";
import { toKernelConfig } from "./wasmBackend.ts";

const registered = new WeakSet<object>();

/**
 * Replaces the wasm backend's slow kernels by ours, once per copy of TensorFlow.js.
 * Registering over an existing kernel is TensorFlow.js's documented way (`tf.registerKernel`).
 */
export function registerWasmKernels(tf: TensorFlow): void {
  if (registered.has(tf)) return;
  const transpose = tf.getKernel("Transpose", "wasm").kernelFunc as unknown as TransposeKernel;
  for (const kernel of [createBatchMatMul(transpose), createFusedMatMul(transpose)]) {
    tf.unregisterKernel(kernel.name, "wasm");
    tf.registerKernel(toKernelConfig(kernel));
  }
  registered.add(tf);
}
