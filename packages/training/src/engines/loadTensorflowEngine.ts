import { createRequire } from "node:module";
import path from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { setEnvironmentDefaults } from "../environment/processEnvironment.ts";
import { installCommand } from "../installation/installCommand.ts";
import { locateTensorflow, type TensorflowLocation } from "../installation/locateTensorflow.ts";
import type { Engine, EngineOptions, TensorFlow } from "./engine.ts";
import { shimNodeUtil } from "./nodeUtilShim.ts";
import { silenceAdvice } from "./silenceAdvice.ts";
import { registerTensorflowKernels } from "./tensorflowKernels/registerTensorflowKernels.ts";

/** TensorFlow reads these once, when its library is loaded. */
function configureNative(threads: number): void {
  const count = String(threads);
  setEnvironmentDefaults({
    TF_NUM_INTRAOP_THREADS: count,
    TF_NUM_INTEROP_THREADS: count,
    OMP_NUM_THREADS: count,
    TF_CPP_MIN_LOG_LEVEL: "2",
  });
}

/** Loads tfjs-node from where it lies, with the copy of tfjs-core that it depends on. */
function requirePackage(location: TensorflowLocation): TensorFlow {
  try {
    const requireThere = createRequire(path.join(location.packageFolder, "package.json"));
    silenceAdvice(requireThere("@tensorflow/tfjs-core") as TensorFlow);
    return requireThere(location.packageFolder) as TensorFlow;
  } catch (cause) {
    throw new AppError("engine_unavailable", `tfjs-node in ${location.packageFolder} cannot be loaded`, {
      cause,
      context: {
        packageFolder: location.packageFolder,
        reason: cause instanceof Error ? cause.message : String(cause),
      },
      fix: `Run \`${installCommand("tensorflow")}\`.`,
    });
  }
}

/** Version of TensorFlow's C library behind the backend. */
function nativeVersion(tf: TensorFlow): string {
  const { binding } = tf.backend() as unknown as { binding: { TF_Version: string } };
  return binding.TF_Version;
}

/**
 * Loads tfjs-node from a given place.
 * @throws AppError `engine_unavailable` when it cannot be loaded
 */
export async function loadTensorflowFrom(location: TensorflowLocation, options: EngineOptions): Promise<Engine> {
  const threads = options.threads ?? 1;
  configureNative(threads);
  shimNodeUtil();
  const tf = requirePackage(location);
  const activate = async () => {
    await tf.setBackend("tensorflow");
  };
  await activate();
  registerTensorflowKernels(tf);
  return {
    info: { name: "tensorflow", version: nativeVersion(tf), device: "CPU", threads },
    packCapacity: 8,
    tf,
    activate,
    // tfjs-node cannot start its backend a second time in one process; its memory goes with the tensors.
    dispose: () => undefined,
  };
}

/**
 * TensorFlow's C library through @tensorflow/tfjs-node: the fastest engine without a GPU.
 * @throws AppError `engine_unavailable` when it is not installed or cannot be loaded
 */
export async function loadTensorflowEngine(options: EngineOptions): Promise<Engine> {
  const location = locateTensorflow();
  if (location) return loadTensorflowFrom(location, options);
  throw new AppError("engine_unavailable", "tfjs-node with its native library is not installed", {
    fix: `Run \`${installCommand("tensorflow")}\`.`,
  });
}
