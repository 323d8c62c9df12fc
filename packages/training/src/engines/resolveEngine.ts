import { type EngineChoice, type EngineName, isAppError } from "@smoothsweep/contracts";
import { automaticOrder } from "../installation/automaticOrder.ts";
import { locateEngine } from "../installation/locateEngine.ts";
import { mayHaveNvidiaDevice } from "../installation/nvidiaDevices.ts";
import { tryEngine } from "../installation/tryEngine.ts";
import type { Engine, EngineOptions } from "./engine.ts";
import { engineTable } from "./engineTable.ts";

/**
 * Whether an engine may be loaded into this process on trial. tensorflow-gpu may not: where it finds no usable GPU, its
 * library would stay, and tensorflow's does not fit beside it. A child process tries it first.
 */
async function isWorthLoading(name: EngineName): Promise<boolean> {
  if (name !== "tensorflow-gpu") return true;
  if (locateEngine(name) === undefined || !mayHaveNvidiaDevice()) return false;
  const { works } = await tryEngine(name);
  return works;
}

async function loadOrSkip(name: EngineName, options: EngineOptions): Promise<Engine | undefined> {
  if (!(await isWorthLoading(name))) return undefined;
  try {
    return await engineTable[name].load(options);
  } catch (error) {
    if (isAppError(error) && error.code === "engine_unavailable") return undefined;
    throw error;
  }
}

/**
 * Loads the chosen engine; `auto` takes the first available of tensorflow-gpu, webgpu on real hardware, tensorflow,
 * wasm. cpu is the reference and serves by name only. Prove the engine with `selfTest` before it takes work (law 7).
 *
 * @throws AppError `engine_unavailable` when the engine asked for by name cannot be loaded, with the fix
 */
export async function resolveEngine(choice: EngineChoice, options: EngineOptions = {}): Promise<Engine> {
  if (choice !== "auto") return engineTable[choice].load(options);
  const automatic = { ...options, acceptSoftware: false };
  for (const name of automaticOrder.slice(0, -1)) {
    const engine = await loadOrSkip(name, automatic);
    if (engine) return engine;
  }
  return engineTable[automaticOrder.at(-1) as EngineName].load(automatic);
}
