import { createRequire } from "node:module";
import { totalmem } from "node:os";
import path from "node:path";
import { disposeBackend } from "./disposeBackend.ts";
import type { Engine, EngineOptions, TensorFlow } from "./engine.ts";
import { rememberProcessListeners } from "./rememberProcessListeners.ts";
import { silenceAdvice } from "./silenceAdvice.ts";
import { guardMemory } from "./wasmKernels/guardMemory.ts";
import { registerWasmKernels } from "./wasmKernels/registerWasmKernels.ts";

type WasmPackage = typeof import("@tensorflow/tfjs-backend-wasm");

/** Where the backend's own `.wasm` files lie. */
function wasmFolder(): string {
  return path.dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm")) + path.sep;
}

async function startBackend(tf: TensorFlow, wasm: WasmPackage, memoryBytesMax?: number): Promise<void> {
  if (tf.findBackend("wasm") === null) {
    // One worker per core: a second thread would only fight the next worker, and threads change nothing in the numbers.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    wasm.setWasmPaths(wasmFolder());
  }
  const restoreListeners = rememberProcessListeners();
  await tf.setBackend("wasm");
  restoreListeners();
  guardMemory((tf.backend() as unknown as { wasm: Parameters<typeof guardMemory>[0] }).wasm, memoryBytesMax);
  registerWasmKernels(tf);
}

function stopBackend(tf: TensorFlow): void {
  const restoreListeners = rememberProcessListeners();
  disposeBackend(tf, "wasm");
  restoreListeners();
}

/**
 * WebAssembly with XNNPACK's SIMD kernels; runs everywhere, needs nothing installed.
 * tfjs's slow matrix products are replaced by {@link registerWasmKernels}.
 */
export async function loadWasmEngine({ memoryBytesMax }: EngineOptions = {}): Promise<Engine> {
  const tf = await import("@tensorflow/tfjs-core");
  silenceAdvice(tf);
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  await startBackend(tf, wasm, memoryBytesMax);
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  return {
    info: {
      name: "wasm",
      version: wasm.version_wasm,
      device: `WebAssembly${simd === true ? " SIMD" : ""}`,
      threads: 1,
    },
    packCapacity: 4,
    memoryBytes: totalmem(),
    isSoftware: false,
    tf,
    activate: () => startBackend(tf, wasm, memoryBytesMax),
    reclaim: async () => {
      // tfjs's kernels keep their half-made outputs when an allocation fails, and a heap full of holes stays so.
      if (tf.memory().numTensors > 0) return;
      stopBackend(tf);
      await startBackend(tf, wasm, memoryBytesMax);
    },
    dispose: () => stopBackend(tf),
  };
}
