import { isAppError } from "@smoothsweep/contracts";

/**
 * Whether an engine failed in a way after which nothing that it computes can be trusted: WebAssembly trapped, in the
 * middle of whatever it was writing, or a GPU's device reported an error. Only a new process has a sound engine.
 */
export function isEngineBroken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // By name: each realm has its own WebAssembly.RuntimeError. Emscripten's abort() throws one too.
  if (error.name === "RuntimeError" || (isAppError(error) && error.code === "engine_broken")) return true;
  return isEngineBroken(error.cause);
}
