import type { EngineName } from "@smoothsweep/contracts";

/** Order in which `auto` tries the engines; the last one runs everywhere. */
export const automaticOrder: readonly EngineName[] = ["tensorflow-gpu", "webgpu", "tensorflow", "wasm"];
