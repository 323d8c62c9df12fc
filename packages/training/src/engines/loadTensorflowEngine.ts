import { totalmem } from "node:os";
import type { Engine, EngineOptions } from "./engine.ts";
import { findPackageFolder } from "./findPackageFolder.ts";
import { startTensorflow } from "./startTensorflow.ts";
import { registerTensorflowKernels } from "./tensorflowKernels/registerTensorflowKernels.ts";

/**
 * TensorFlow's C library through @tensorflow/tfjs-node: the fastest engine without a GPU.
 * tfjs-node's slow kernels are replaced by {@link registerTensorflowKernels}.
 *
 * @throws AppError `engine_unavailable` when it is not installed or cannot be loaded
 */
export async function loadTensorflowEngine(options: EngineOptions): Promise<Engine> {
  const packageFolder = findPackageFolder("tensorflow", options);
  const { started, version, threads } = await startTensorflow("tensorflow", { ...options, packageFolder });
  registerTensorflowKernels(started.tf);
  return {
    ...started,
    info: { name: "tensorflow", version, device: "CPU", threads },
    packCapacity: 8,
    memoryBytes: totalmem(),
  };
}
