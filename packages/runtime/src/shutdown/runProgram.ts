import { isAppError } from "@smoothsweep/contracts";

/**
 * Runs a program's composition root. What it throws ends the process with 1 and is told in a line or two: mistakes of
 * the user without a stack, ours with it.
 */
export async function runProgram(name: string, main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${name}: ${explain(error)}\n`);
    process.exit(1);
  }
}

function explain(error: unknown): string {
  if (!isAppError(error)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [`${error.message} [${error.code}]`, ...(error.fix === undefined ? [] : [error.fix])].join("\n");
}
