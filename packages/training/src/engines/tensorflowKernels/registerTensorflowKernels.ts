import type { KernelFunc } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engine.ts";
import { MOMENTUM_STEP, RELU_GRADIENT } from "../fusedKernels.ts";
import { momentumStepKernel } from "./momentumStep.ts";
import { reluGradientKernel } from "./reluGradient.ts";
import { createStepKernel } from "./step.ts";

const registered = new WeakSet<object>();

/**
 * Replaces tfjs-node's slow kernels by ours and adds those that TensorFlow has and TensorFlow.js does not name, once per
 * copy of TensorFlow.js.
 */
export function registerTensorflowKernels(tf: TensorFlow): void {
  if (registered.has(tf)) return;
  const backendName = "tensorflow";
  const step = createStepKernel(tf.getKernel("Step", backendName).kernelFunc);
  tf.unregisterKernel("Step", backendName);
  tf.registerKernel({ kernelName: "Step", backendName, kernelFunc: step });
  const own = [
    [MOMENTUM_STEP, momentumStepKernel],
    [RELU_GRADIENT, reluGradientKernel],
  ] as const;
  for (const [kernelName, kernel] of own) {
    tf.registerKernel({ kernelName, backendName, kernelFunc: kernel as unknown as KernelFunc });
  }
  registered.add(tf);
}
