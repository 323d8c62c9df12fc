import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type EngineInfo, engineInfoSchema } from "@smoothsweep/contracts";
import { z } from "zod";
import { productRoot } from "../productRoot.ts";
import { type Service, startService } from "./childService.ts";

/** A worker that ended by itself is replaced after this, so that one that cannot start does not spin. */
const RESTART_MS = 1_000;

export interface WorkersOptions {
  workers: number;
  env: Record<string, string | undefined>;
  logDirectory: string;
  graceMs: number;
  onNotice: (text: string) => void;
}

export interface Workers {
  /** What the first worker's engine said of itself. */
  readonly engine: EngineInfo;
  stop(): Promise<void>;
}

const workerReady = z.object({ kind: z.literal("working"), engine: engineInfoSchema });
type WorkerService = Service<z.infer<typeof workerReady>>;

/** Starts the workers and replaces each that ends although nobody stopped it; its trials wait for the next. */
export async function keepWorkers(options: WorkersOptions): Promise<Workers> {
  const numbers = Array.from({ length: options.workers }, (_, index) => index + 1);
  let isStopping = false;
  const current = new Map<number, WorkerService>();

  const start = async (number: number): Promise<WorkerService> => {
    const worker = await startWorker(number, options);
    current.set(number, worker);
    void worker.ended.then(() => replace(number));
    return worker;
  };
  const replace = async (number: number): Promise<void> => {
    current.delete(number);
    if (isStopping) return;
    options.onNotice(`worker ${number} ended unexpectedly and is replaced; its log is in ${options.logDirectory}`);
    await delay(RESTART_MS);
    if (!isStopping) await start(number).catch(() => replace(number));
  };
  const stop = async () => {
    isStopping = true;
    await Promise.all([...current.values()].map((worker) => worker.stop(options.graceMs)));
  };
  try {
    const [first] = await Promise.all(numbers.map(start));
    return { engine: (first as WorkerService).ready.engine, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startWorker(number: number, { env, logDirectory }: WorkersOptions): Promise<WorkerService> {
  return startService({
    name: `worker ${number}`,
    entry: join(productRoot, "apps/worker/dist/main.js"),
    env,
    logFile: join(logDirectory, `worker-${number}.log`),
    ready: workerReady,
  });
}
