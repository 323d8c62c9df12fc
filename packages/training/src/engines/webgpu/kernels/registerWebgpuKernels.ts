import type { TensorFlow } from "../../engine.ts";
import { createAddNKernel } from "./addN.ts";

const registered = new WeakSet<object>();

/** Replaces kernels of tfjs-backend-webgpu that fail on what training gives them, once per copy of TensorFlow.js. */
export function registerWebgpuKernels(tf: TensorFlow, limits: { readonly buffersMax: number }): void {
  if (registered.has(tf)) return;
  const kernel = { kernelName: "AddN", backendName: "webgpu" };
  const original = tf.getKernel(kernel.kernelName, kernel.backendName).kernelFunc;
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel({ ...kernel, kernelFunc: createAddNKernel(original, limits.buffersMax) });
  registered.add(tf);
}
