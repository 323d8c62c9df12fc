import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { AppError } from "@smoothsweep/contracts";

const TAIL_LINES = 20;

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** Every line that the command writes, of both streams. */
  readonly onLine?: (line: string) => void;
  /** What the user can do when it fails. */
  readonly fix?: string;
}

/** The lines that say why: those that name an error, else the last ones. */
function reasonLines(tail: readonly string[]): string[] {
  const named = tail.filter((line) =>
    /\b(\w*Error|error|ERROR|fatal|E[A-Z]{4,})\b: ?\S|ENOTFOUND|ECONNREFUSED/.test(line),
  );
  return (named.length > 0 ? named : tail).slice(-3);
}

function failure(
  command: readonly string[],
  details: { reason: string; tail: string[]; fix: string | undefined },
): AppError {
  const line = command.join(" ");
  const { reason, tail, fix } = details;
  const message = [`\`${line}\` ${reason}`, ...reasonLines(tail)].join("\n");
  return new AppError("engine_install_failed", message, {
    context: { command: line, tail },
    ...(fix === undefined ? {} : { fix }),
  });
}

/**
 * Runs a program with an array of arguments (no shell) and returns what it wrote to standard output.
 *
 * @throws AppError `engine_install_failed` when it cannot be started or ends with an error, with the end of its output;
 *   `aborted` when the signal was raised
 */
export async function runCommand(program: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { signal, onLine, fix } = options;
  const child = spawn(program, args, { cwd: options.cwd, env: options.env, signal, stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  const tail: string[] = [];
  const listen = (line: string) => {
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
    onLine?.(line);
  };
  createInterface({ input: child.stdout }).on("line", (line) => {
    output.push(line);
    listen(line);
  });
  createInterface({ input: child.stderr }).on("line", listen);
  const command = [program, ...args];
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      const aborted = new AppError("aborted", "the installation was aborted");
      reject(signal?.aborted ? aborted : failure(command, { reason: error.message, tail, fix }));
    });
    child.once("close", (code, killedBy) => {
      if (code === 0) resolve(output.join("\n"));
      else reject(failure(command, { reason: `ended with ${code ?? killedBy}`, tail, fix }));
    });
  });
}
