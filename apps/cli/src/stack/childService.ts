import { type ChildProcess, fork } from "node:child_process";
import { openSync } from "node:fs";
import { AppError } from "@smoothsweep/contracts";
import type { z } from "zod";

export interface ServiceOptions<TReady> {
  /** For messages and the log's name. */
  name: string;
  entry: string;
  env: Record<string, string | undefined>;
  /** Standard output and error of the service. */
  logFile: string;
  /** What the service says when it is ready. */
  ready: z.ZodType<TReady>;
}

export interface Service<TReady> {
  readonly pid: number;
  readonly ready: TReady;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the process: SIGTERM, and SIGKILL after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Starts a program of ours and waits until it says it is ready. It has a process group of its own, so that a Ctrl-C in
 * the terminal reaches only us and we end everything in order; it ends by itself when we are gone, because its channel
 * to us breaks.
 */
export async function startService<TReady>(options: ServiceOptions<TReady>): Promise<Service<TReady>> {
  const log = openSync(options.logFile, "a");
  const child = fork(options.entry, [], {
    env: options.env as NodeJS.ProcessEnv,
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      killGroup(child.pid);
      resolve();
    });
  });
  const ready = await firstReady(child, options);
  return { pid: child.pid ?? 0, ready, ended, stop: (graceMs) => stop(child, ended, graceMs) };
}

/** What the service started and did not end itself, because it was killed, must not outlive it. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody is left.
  }
}

function firstReady<TReady>(child: ChildProcess, { name, logFile, ready }: ServiceOptions<TReady>): Promise<TReady> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null) => {
      const message = `${name} ended while it started (${signal ?? `exit code ${code}`})`;
      reject(new AppError("internal", message, { fix: `Read its log: ${logFile}` }));
    };
    child.once("exit", onExit);
    child.on("message", (raw) => {
      const parsed = ready.safeParse(raw);
      if (!parsed.success) return;
      child.off("exit", onExit).removeAllListeners("message");
      resolve(parsed.data);
    });
  });
}

async function stop(child: ChildProcess, ended: Promise<void>, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  child.kill("SIGTERM");
  await ended;
  clearTimeout(timer);
}
