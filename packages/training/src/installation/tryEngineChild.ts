import { engineNameSchema, toAppError } from "@smoothsweep/contracts";
import type { Engine } from "../engines/engine.ts";
import { engineTable } from "../engines/engineTable.ts";
import { selfTest } from "../selfTest/selfTest.ts";
import { trialMark } from "./engineTrial.ts";

/*
 * Entry of the child process that tries an engine: `node tryEngineChild.js ENGINE [PACKAGE FOLDER]`.
 * Writes one line, see `readTrial`; a library that does not fit may end the process before it does.
 */
const [engineArgument = "", packageFolder] = process.argv.slice(2);

async function load(): Promise<Engine> {
  const name = engineNameSchema.parse(engineArgument);
  return engineTable[name].load(packageFolder === undefined ? {} : { packageFolder });
}

async function tryEngine(): Promise<object> {
  try {
    const engine = await load();
    const { info, isSoftware, memoryBytes } = engine;
    const { seconds } = await selfTest(engine);
    return { works: true, info, isSoftware, memoryBytes, selfTestSeconds: seconds };
  } catch (error) {
    const { code, message, fix } = toAppError(error);
    return { works: false, code, message, fix };
  }
}

const trial = await tryEngine();
// Native libraries may leave threads behind that keep the process alive.
process.stdout.write(`${trialMark}${JSON.stringify(trial)}\n`, () => process.exit(0));
