import { type EngineChoice, type EngineName, isAppError } from "@smoothsweep/contracts";
import { automaticOrder } from "../installation/automaticOrder.ts";
import type { Engine, EngineOptions } from "./engine.ts";
import { engineTable } from "./engineTable.ts";

async function loadOrSkip(name: EngineName, options: EngineOptions): Promise<Engine | undefined> {
  try {
    return await engineTable[name].load(options);
  } catch (error) {
    if (isAppError(error) && error.code === "engine_unavailable") return undefined;
    throw error;
  }
}

/**
 * Loads the chosen engine; `auto` takes the first available of tensorflow-gpu, webgpu, tensorflow, wasm. cpu is the
 * reference and serves by name only. Prove the engine with `selfTest` before it takes work (law 7).
 *
 * @throws AppError `engine_unavailable` when the engine asked for by name cannot be loaded, with the fix
 */
export async function resolveEngine(choice: EngineChoice, options: EngineOptions = {}): Promise<Engine> {
  if (choice !== "auto") return engineTable[choice].load(options);
  for (const name of automaticOrder.slice(0, -1)) {
    const engine = await loadOrSkip(name, options);
    if (engine) return engine;
  }
  return engineTable[automaticOrder.at(-1) as EngineName].load(options);
}
