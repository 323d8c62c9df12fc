import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { EngineChoice, EngineInfo, TrainPackRequest } from "@smoothsweep/contracts";
import { awaitReady } from "./awaitReady.ts";
import { hasEnded, tell } from "./childChannel.ts";
import { type PackMessage, trainIn } from "./trainIn.ts";

export type { PackMessage } from "./trainIn.ts";

export interface TrainingProcessOptions {
  engine: EngineChoice;
  cacheDirectory: string;
  datasetsDirectory: string | undefined;
  /** A child that says nothing for so long while it trains is killed. */
  progressDeadlineMs: number;
  /** Entry of the child; tests and benchmarks give another one. */
  entry?: string | undefined;
}

export interface TrainOptions {
  /** Raised to abort the pack. */
  signal: AbortSignal;
  /** How many times the progress deadline the child may be silent; default 1. */
  patience?: number;
}

/** A training child, started and proven. */
export interface TrainingProcess {
  readonly pid: number;
  readonly engine: EngineInfo;
  readonly packCapacity: number;
  /** Whether it can take another pack. */
  readonly isAlive: boolean;
  /** Its resident memory after the last pack that it finished; 0 before. */
  readonly memoryBytes: number;
  /**
   * Trains a pack. Resolves when the child is done with it, aborted or not.
   * @throws AppError `training_stalled`, `training_failed`, `aborted`, `engine_broken`, `child_exited`
   */
  train(request: TrainPackRequest, onMessage: (message: PackMessage) => void, options: TrainOptions): Promise<void>;
  /** Ends the child: asks first, then kills. */
  close(): Promise<void>;
  /** Kills the child at once. */
  kill(): void;
}

const CLOSE_GRACE_MS = 1_000;

/**
 * Starts a training child and waits until its engine has proven itself.
 * @param signal Kills the child that is starting.
 * @throws AppError what made it unfit, or `aborted`
 */
export async function startTrainingProcess(
  options: TrainingProcessOptions,
  signal?: AbortSignal,
): Promise<TrainingProcess> {
  const entry = options.entry ?? fileURLToPath(new URL("../trainingChild.js", import.meta.url));
  const args = [options.engine, options.cacheDirectory, options.datasetsDirectory ?? ""];
  const child = fork(entry, args, { serialization: "advanced", stdio: ["ignore", "inherit", "inherit", "ipc"] });
  // A message that cannot be sent any more is an error event; the child's end is what counts, and is listened to.
  child.on("error", () => {});
  const { engine, packCapacity } = await awaitReady(child, signal);
  let memoryBytes = 0;
  return {
    pid: child.pid ?? 0,
    engine,
    packCapacity,
    get isAlive() {
      return child.connected && !hasEnded(child);
    },
    get memoryBytes() {
      return memoryBytes;
    },
    train: async (request, onMessage, { signal: abort, patience = 1 }) => {
      const progressDeadlineMs = options.progressDeadlineMs * patience;
      const trained = await trainIn(child, { request, onMessage, signal: abort, progressDeadlineMs });
      memoryBytes = trained.memoryBytes;
    },
    close: () => close(child),
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}

function close(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), CLOSE_GRACE_MS);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    tell(child, { kind: "shutdown" });
  });
}
