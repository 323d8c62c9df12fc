import { type Command, CommanderError } from "commander";
import { explainError } from "./explainError.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Runs a command line. What went wrong is said in words.
 * @param program overrides Commander's exit, as its commands do
 * @param args as in `process.argv`, without the program
 * @returns the exit code: 0, or 1 when the command failed or was not understood
 */
export async function runProgram(program: Command, args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    // Commander has said it itself, and ends help and version like this as well.
    if (error instanceof CommanderError) return error.exitCode;
    terminal.notice(explainError(error));
    return 1;
  }
}
