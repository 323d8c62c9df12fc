import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { vi } from "vitest";
import { builtFile } from "./builtChild.ts";

interface LogLine {
  msg: string;
  [field: string]: unknown;
}

/** The built worker program, running. */
export interface WorkerProcess {
  readonly process: ChildProcess;
  /** Lines of its log so far; what is no JSON is a line with only a message. */
  readonly lines: readonly LogLine[];
  /** Resolves with the newest line whose message begins so, when there is one. */
  logged(text: string): Promise<LogLine>;
  /** The training child that became ready last. */
  childPid(): number;
  /** Resolves with the exit code or the signal when the worker and all that it started are gone. */
  gone(): Promise<number | string>;
}

/** Starts the built worker program. */
export function startWorkerProcess(env: Record<string, string>): WorkerProcess {
  const { PATH = "", HOME = "" } = process.env;
  const worker = fork(builtFile("main.js"), [], {
    env: { PATH, HOME, ENGINE: "wasm", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const lines: LogLine[] = [];
  createInterface({ input: worker.stderr! }).on("line", (line) => {
    try {
      lines.push(JSON.parse(line) as LogLine);
    } catch {
      lines.push({ msg: line });
    }
  });
  // The child inherits the worker's output: it is closed when both are gone.
  const ended = Promise.all([once(worker, "exit"), once(worker.stdout!.resume(), "close")]);
  const find = (text: string) => lines.findLast(({ msg }) => msg.startsWith(text));
  return {
    process: worker,
    lines,
    logged: (text) =>
      vi.waitFor(
        () => {
          const line = find(text);
          if (line === undefined) throw new Error(`no line "${text}" in: ${lines.map(({ msg }) => msg).join(" | ")}`);
          return line;
        },
        { timeout: 40_000, interval: 20 },
      ),
    childPid: () => find("training process ready")?.["pid"] as number,
    gone: async () => {
      const [[code, signal]] = await ended;
      return code ?? signal;
    },
  };
}
