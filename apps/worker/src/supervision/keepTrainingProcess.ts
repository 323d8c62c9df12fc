import type { Logger } from "@smoothsweep/runtime";
import { startTrainingProcess, type TrainingProcess, type TrainingProcessOptions } from "./trainingProcess.ts";

export interface TrainingProcessKeeper {
  /** The living child; starts another one when the last has died. */
  current(): Promise<TrainingProcess>;
  close(): Promise<void>;
}

/** Keeps one training child at hand. The engine must prove itself each time it starts. */
export function keepTrainingProcess(options: TrainingProcessOptions, logger: Logger): TrainingProcessKeeper {
  let process: Promise<TrainingProcess> | undefined;
  const start = async () => {
    const started = await startTrainingProcess(options);
    logger.info(
      { pid: started.pid, engine: started.engine, packCapacity: started.packCapacity },
      "training process ready",
    );
    return started;
  };
  return {
    current: async () => {
      if (process !== undefined && (await process).isAlive) return process;
      process = start();
      process.catch(() => {
        process = undefined;
      });
      return process;
    },
    close: async () => {
      const last = await process?.catch(() => undefined);
      await last?.close();
    },
  };
}
