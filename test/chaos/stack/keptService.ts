import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** A service that has ended is started again after this, as by systemd, Docker or Kubernetes. */
const RESTART_MS = 500;
/** One that is not ready by then will never be, also on a busy machine. */
const READY_MS = 120_000;

export interface ServiceOptions {
  name: string;
  entry: string;
  env: Record<string, string | undefined>;
  /** Standard output and error of every process of it, one after the other. */
  logFile: string;
  /** Kind of the message by which it says that it is ready. */
  readyKind: string;
}

/** A program of the product that is started again whenever it has ended. */
export interface KeptService {
  readonly name: string;
  readonly logFile: string;
  /** Number of the process of this moment; undefined between two. */
  pid(): number | undefined;
  /**
   * Resolves with the number of a process that has said it is ready, now or later.
   * @throws Error when none has within two minutes
   */
  ready(): Promise<number>;
  kill(signal: NodeJS.Signals): void;
  /** Ends it for good. @returns whether it ended by itself within the grace, or had to be killed */
  stop(graceMs: number): Promise<"ended" | "killed">;
}

export function keepService(options: ServiceOptions): KeptService {
  let current: ChildProcess | undefined;
  let readyPid: number | undefined;
  let isStopping = false;
  const waiting = new Set<(pid: number) => void>();

  const start = () => {
    const log = openSync(options.logFile, "a");
    // A process group of its own, so that a Ctrl-C in the terminal reaches only us.
    const child = fork(options.entry, [], {
      env: options.env as NodeJS.ProcessEnv,
      detached: true,
      stdio: ["ignore", log, log, "ipc"],
    });
    current = child;
    child.on("error", () => {});
    child.on("message", (message: { kind?: string }) => {
      if (message.kind !== options.readyKind || child.pid === undefined) return;
      readyPid = child.pid;
      for (const resolve of waiting) resolve(child.pid);
      waiting.clear();
    });
    child.once("exit", () => void restart());
  };
  const restart = async () => {
    current = undefined;
    readyPid = undefined;
    await delay(RESTART_MS);
    if (!isStopping) start();
  };
  start();
  return {
    name: options.name,
    logFile: options.logFile,
    pid: () => current?.pid,
    ready: () =>
      new Promise((resolve, reject) => {
        if (readyPid !== undefined) return resolve(readyPid);
        const complain = () => reject(new Error(`${options.name} is not ready; its log: ${options.logFile}`));
        const impatience = setTimeout(complain, READY_MS).unref();
        waiting.add((pid) => {
          clearTimeout(impatience);
          resolve(pid);
        });
      }),
    kill: (signal) => void current?.kill(signal),
    stop: async (graceMs) => {
      isStopping = true;
      return current === undefined ? "ended" : endProcess(current, graceMs);
    },
  };
}

async function endProcess(child: ChildProcess, graceMs: number): Promise<"ended" | "killed"> {
  let outcome: "ended" | "killed" = "ended";
  const impatience = setTimeout(() => {
    outcome = "killed";
    child.kill("SIGKILL");
  }, graceMs);
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
  clearTimeout(impatience);
  return outcome;
}
