import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "@smoothsweep/runtime";
import { startTrainingProcess, type TrainingProcess, type TrainingProcessOptions } from "./trainingProcess.ts";

/** A child that served once and cannot be replaced is tried so often before the worker gives up. */
const RESTARTS = 3;
const RESTART_PAUSE_MS = 1_000;

export interface KeeperOptions extends TrainingProcessOptions {
  /** A child whose resident memory is above this after a pack is replaced before the next. */
  memoryLimitBytes: number;
  /** Told when no child can be started any more, although one could: this machine has become unfit. */
  onUnfit?: (error: unknown) => void;
}

export interface TrainingProcessKeeper {
  /** The living child; starts another one when the last has died or grown. @throws AppError why none can be started */
  current(): Promise<TrainingProcess>;
  /** Ends the child, also one that is starting; none is started afterwards. */
  close(): Promise<void>;
  /** The same at once and without waiting: for the end of the process. */
  kill(): void;
}

/** Keeps one training child at hand. The engine must prove itself each time it starts. */
export function keepTrainingProcess(options: KeeperOptions, logger: Logger): TrainingProcessKeeper {
  const closing = new AbortController();
  let kept: TrainingProcess | undefined;
  let replacing: Promise<TrainingProcess> | undefined;

  const start = async () => {
    const started = await startTrainingProcess(options, closing.signal);
    const { pid, engine, packCapacity } = started;
    logger.info({ pid, engine, packCapacity }, "training process ready");
    return started;
  };
  const restart = async () => {
    for (let failures = 1; ; failures++) {
      try {
        return await start();
      } catch (error) {
        if (closing.signal.aborted) throw error;
        logger.error({ err: error, failures }, "training process does not start");
        if (failures === RESTARTS) {
          options.onUnfit?.(error);
          throw error;
        }
        await delay(failures * RESTART_PAUSE_MS, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  };
  const replace = async () => {
    if (kept?.isAlive) {
      const { pid, memoryBytes } = kept;
      logger.info({ pid, memoryBytes, limitBytes: options.memoryLimitBytes }, "training process grew, it is replaced");
      await kept.close();
    }
    kept = await (kept === undefined ? start() : restart());
    return kept;
  };
  return {
    current: async () => {
      if (kept?.isAlive && kept.memoryBytes <= options.memoryLimitBytes) return kept;
      replacing ??= replace().finally(() => {
        replacing = undefined;
      });
      return replacing;
    },
    close: async () => {
      closing.abort();
      await replacing?.catch(() => undefined);
      await kept?.close();
    },
    kill: () => {
      closing.abort();
      kept?.kill();
    },
  };
}
