import type { EngineName } from "@smoothsweep/contracts";
import type { EngineDescriptor } from "./engine.ts";
import { loadCpuEngine } from "./loadCpuEngine.ts";
import { loadTensorflowEngine } from "./loadTensorflowEngine.ts";
import { loadTensorflowGpuEngine } from "./loadTensorflowGpuEngine.ts";
import { loadWasmEngine } from "./loadWasmEngine.ts";
import { loadWebgpuEngine } from "./webgpu/loadWebgpuEngine.ts";

/** Every engine and how it is loaded. */
export const engineTable: Readonly<Record<EngineName, EngineDescriptor>> = {
  "tensorflow-gpu": { name: "tensorflow-gpu", load: loadTensorflowGpuEngine },
  webgpu: { name: "webgpu", load: loadWebgpuEngine },
  tensorflow: { name: "tensorflow", load: loadTensorflowEngine },
  wasm: { name: "wasm", load: loadWasmEngine },
  cpu: { name: "cpu", load: loadCpuEngine },
};
