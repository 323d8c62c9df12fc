import { AppError, type EngineName } from "@smoothsweep/contracts";
import { unavailableReasons } from "../installation/unavailableReasons.ts";
import type { Engine, EngineDescriptor } from "./engine.ts";
import { loadCpuEngine } from "./loadCpuEngine.ts";
import { loadTensorflowEngine } from "./loadTensorflowEngine.ts";
import { loadWasmEngine } from "./loadWasmEngine.ts";

async function refuse(name: keyof typeof unavailableReasons): Promise<Engine> {
  const { reason, fix } = unavailableReasons[name];
  throw new AppError("engine_unavailable", reason, { fix });
}

/** Every engine and how it is loaded. */
export const engineTable: Readonly<Record<EngineName, EngineDescriptor>> = {
  "tensorflow-gpu": { name: "tensorflow-gpu", load: () => refuse("tensorflow-gpu") },
  webgpu: { name: "webgpu", load: () => refuse("webgpu") },
  tensorflow: { name: "tensorflow", load: loadTensorflowEngine },
  wasm: { name: "wasm", load: loadWasmEngine },
  cpu: { name: "cpu", load: loadCpuEngine },
};
