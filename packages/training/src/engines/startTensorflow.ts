import { setEnvironmentDefaults } from "../environment/processEnvironment.ts";
import type { Engine, EngineOptions, TensorFlow } from "./engine.ts";
import { shimNodeUtil } from "./nodeUtilShim.ts";
import { requireBackend } from "./requireBackend.ts";

/** TensorFlow reads these once, when its library is loaded. */
function configureNative(threads: number): void {
  const count = String(threads);
  setEnvironmentDefaults({
    TF_NUM_INTRAOP_THREADS: count,
    TF_NUM_INTEROP_THREADS: count,
    OMP_NUM_THREADS: count,
    TF_CPP_MIN_LOG_LEVEL: "2",
    // Single precision as on every other engine: TF32, the default of newer GPUs, keeps 10 bits of each factor.
    NVIDIA_TF32_OVERRIDE: "0",
    // Convolutions that add up in another order each time would give a trial other numbers each time.
    TF_CUDNN_DETERMINISTIC: "1",
    // Else TensorFlow takes a GPU's whole memory for one process, and the next worker finds none.
    TF_FORCE_GPU_ALLOW_GROWTH: "true",
  });
}

/** tfjs-node's backend, as far as its types do not say it. */
interface NativeBackend {
  readonly binding: { readonly TF_Version: string };
  readonly isUsingGpuDevice: boolean;
}

/** What both engines with TensorFlow's C library have in common. */
export interface StartedTensorflow {
  readonly started: Pick<Engine, "tf" | "activate" | "dispose" | "isSoftware">;
  /** Version of TensorFlow's C library. */
  readonly version: string;
  readonly threads: number;
  /** Whether TensorFlow found a CUDA device and computes there. */
  readonly isUsingGpuDevice: boolean;
}

/**
 * Loads tfjs-node or tfjs-node-gpu: two packages with the same code. Only one of them fits into a process.
 * @throws AppError `engine_unavailable` when it cannot be loaded
 */
export async function startTensorflow(
  engine: "tensorflow" | "tensorflow-gpu",
  options: EngineOptions & { packageFolder: string },
): Promise<StartedTensorflow> {
  const threads = options.threads ?? 1;
  configureNative(threads);
  shimNodeUtil();
  const tf = requireBackend<TensorFlow>(engine, options.packageFolder).backend;
  const activate = async () => {
    await tf.setBackend("tensorflow");
  };
  await activate();
  const { binding, isUsingGpuDevice } = tf.backend() as unknown as NativeBackend;
  // tfjs-node cannot start its backend a second time in one process; its memory goes with the tensors.
  const dispose = () => undefined;
  return {
    started: { tf, activate, dispose, isSoftware: false },
    version: binding.TF_Version,
    threads,
    isUsingGpuDevice,
  };
}
