import { fileURLToPath } from "node:url";
import { AppError, type EngineName, toAppError } from "@smoothsweep/contracts";
import { childEnvironment } from "../environment/processEnvironment.ts";
import { type EngineTrial, readTrial } from "./engineTrial.ts";
import { runCommand } from "./runCommand.ts";

/** A device that does not answer for so long is broken. */
const TRIAL_MS_MAX = 120_000;

/** The built entry: Node 20 cannot run TypeScript, also when this file itself runs from source (tests). */
const childEntry = fileURLToPath(import.meta.url)
  .replace(/([\\/])src([\\/]installation[\\/])/, "$1dist$2")
  .replace(/tryEngine\.[jt]s$/, "tryEngineChild.js");

async function runTrial(args: readonly string[], signal: AbortSignal): Promise<EngineTrial> {
  const output = await runCommand(process.execPath, args, { env: childEnvironment(), signal });
  const trial = readTrial(output);
  if (trial === undefined) throw new AppError("engine_unavailable", "the engine's process said nothing");
  return trial;
}

/**
 * Loads an engine in a child process and runs the self-test there. Never rejects: a library that ends the process is an
 * answer too. Engines are tried in processes of their own because two copies of TensorFlow do not fit into one.
 *
 * @param options.packageFolder where the engine's package lies, unless it is where `locateEngine` finds it
 */
export async function tryEngine(
  engine: EngineName,
  options: { packageFolder?: string; signal?: AbortSignal | undefined } = {},
): Promise<EngineTrial> {
  const { packageFolder, signal } = options;
  const args = [childEntry, engine, ...(packageFolder === undefined ? [] : [packageFolder])];
  const timeout = AbortSignal.timeout(TRIAL_MS_MAX);
  try {
    return await runTrial(args, signal === undefined ? timeout : AbortSignal.any([signal, timeout]));
  } catch (error) {
    if (timeout.aborted) {
      const message = `${engine} did not answer within ${TRIAL_MS_MAX / 1000} s`;
      return { works: false, code: "engine_unavailable", message };
    }
    const { code, message, fix } = toAppError(error);
    return { works: false, code, message, ...(fix !== undefined && { fix }) };
  }
}
