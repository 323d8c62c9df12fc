import type { KernelFunc } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engine.ts";
import { MOMENTUM_STEP } from "../fusedKernels.ts";
import { momentumStepKernel } from "./momentumStep.ts";
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
  tf.registerKernel({
    kernelName: MOMENTUM_STEP,
    backendName,
    kernelFunc: momentumStepKernel as unknown as KernelFunc,
  });
  registered.add(tf);
}
