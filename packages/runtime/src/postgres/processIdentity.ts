import { readFile } from "node:fs/promises";
import { runCommand } from "./runCommand.ts";

/**
 * What tells a running process from a later one with the same number: the time of its start. Undefined when no such
 * process runs (a dead one that nobody collected yet does not run).
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform !== "linux") return identityByPs(pid);
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The second field is the program's name in parentheses and may contain anything, also parentheses.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  const state = fields?.[0];
  const startTicks = fields?.[19];
  return state === undefined || state === "Z" || state === "X" ? undefined : startTicks;
}

async function identityByPs(pid: number): Promise<string | undefined> {
  const { exitCode, stdout } = await runCommand("ps", ["-o", "lstart=", "-p", String(pid)]);
  const started = stdout.trim();
  return exitCode === 0 && started !== "" ? started : undefined;
}

/** The command line of a running process, its arguments separated by blanks; empty when it cannot be read. */
export async function commandLineOf(pid: number): Promise<string> {
  if (process.platform !== "linux")
    return (await runCommand("ps", ["-o", "command=", "-p", String(pid)])).stdout.trim();
  const raw = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return raw.replaceAll("\0", " ").trim();
}
