import { spawn } from "node:child_process";
import type { ServerAccount } from "./serverAccount.ts";

export interface CommandOutcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  /** The account to run as; absent is our own. */
  account?: ServerAccount | undefined;
  /** Text for standard input. */
  input?: string;
}

/**
 * The environment of every database program: the locale that makes its messages readable by us, and nothing of our
 * own, because PostgreSQL heeds `PGDATA`, `PGPORT` and their like.
 */
export const serverEnvironment = Object.freeze({
  LC_ALL: "C",
  TZ: "UTC",
  PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
});

/** Runs a program to its end and keeps what it says. A program that cannot be started counts as exit code 127. */
export function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { ...options.account, cwd: "/", env: serverEnvironment, stdio: "pipe" });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      stderr += chunk;
    });
    child.once("error", (error) => resolve({ exitCode: 127, stdout, stderr: error.message }));
    child.once("close", (code) => resolve({ exitCode: code ?? 1, stdout, stderr }));
    // A program that ends without reading its input is no error of ours; its exit code tells.
    child.stdin.on("error", () => undefined).end(options.input ?? "");
  });
}
