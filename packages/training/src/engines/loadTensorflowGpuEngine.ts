import { AppError } from "@smoothsweep/contracts";
import { mayHaveNvidiaDevice, readNvidiaDevices } from "../installation/nvidiaDevices.ts";
import type { Engine, EngineOptions } from "./engine.ts";
import { findPackageFolder } from "./findPackageFolder.ts";
import { startTensorflow } from "./startTensorflow.ts";

function noDevice(reason: string): AppError {
  return new AppError("engine_unavailable", `no CUDA device found: ${reason}`, {
    fix: "Check what `nvidia-smi` says; start containers with the GPU (`docker run --gpus all`).",
  });
}

/**
 * TensorFlow's C library on an NVIDIA GPU, through @tensorflow/tfjs-node-gpu. Without a usable GPU that package computes
 * on the CPU and says nothing; here that is an error, so that no result claims a GPU that it did not have.
 *
 * @throws AppError `engine_unavailable` when it is not installed, cannot be loaded, or finds no CUDA device
 */
export async function loadTensorflowGpuEngine(options: EngineOptions): Promise<Engine> {
  const packageFolder = findPackageFolder("tensorflow-gpu", options);
  // Before the library is loaded: once it is, no other TensorFlow fits into this process.
  if (!mayHaveNvidiaDevice()) throw noDevice("the machine has no /dev/nvidia0");
  const { started, version, threads, isUsingGpuDevice } = await startTensorflow("tensorflow-gpu", {
    ...options,
    packageFolder,
  });
  if (!isUsingGpuDevice) throw noDevice(`TensorFlow ${version} cannot use the one that is there`);
  const [device] = readNvidiaDevices();
  return {
    ...started,
    info: { name: "tensorflow-gpu", version, device: device?.name ?? "CUDA device", threads },
    packCapacity: 64,
    ...(device && { memoryBytes: device.memoryBytes }),
  };
}
