import type { TensorFlow } from "../engine.ts";
import { createBatchMatMul } from "./batchMatMul.ts";
import { createConv2DBackpropFilter } from "./conv2dBackpropFilter.ts";
import { type ConvolutionKernel, createConv2DBackpropInput } from "./conv2dBackpropInput.ts";
import { createFusedMatMul } from "./fusedMatMul.ts";
import { createMaxPoolGrad, type PoolingGradientKernel } from "./maxPoolGrad.ts";
import type { TransposeKernel } from "./untransposed.ts";
import { toKernelConfig, type WasmKernel } from "./wasmBackend.ts";

const registered = new WeakSet<object>();

function createKernels(tf: TensorFlow): WasmKernel[] {
  const own = <Kernel>(name: string) => tf.getKernel(name, "wasm").kernelFunc as unknown as Kernel;
  const transpose = own<TransposeKernel>("Transpose");
  const product = createBatchMatMul(transpose);
  return [
    product,
    createFusedMatMul(transpose),
    createConv2DBackpropFilter(tf, { transpose, product }),
    createConv2DBackpropInput(tf, own<ConvolutionKernel>("Conv2D")),
    createMaxPoolGrad(own<PoolingGradientKernel>("MaxPoolGrad")),
  ];
}

/**
 * Replaces the wasm backend's slow kernels by ours and adds those it lacks, once per copy of TensorFlow.js.
 * Registering over an existing kernel is TensorFlow.js's documented way (`tf.registerKernel`).
 */
export function registerWasmKernels(tf: TensorFlow): void {
  if (registered.has(tf)) return;
  for (const kernel of createKernels(tf)) {
    if (tf.getKernel(kernel.name, "wasm")) tf.unregisterKernel(kernel.name, "wasm");
    tf.registerKernel(toKernelConfig(kernel));
  }
  registered.add(tf);
}
