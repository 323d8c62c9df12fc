import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type EngineChoice, type EngineInfo, engineInfoSchema } from "@smoothsweep/contracts";
import { createReleaser, projectDataDirectory, readEnvironment, startEmbeddedPostgres } from "@smoothsweep/runtime";
import { z } from "zod";
import { productRoot } from "../productRoot.ts";
import { type Service, startService } from "./childService.ts";
import { choosePort } from "./choosePort.ts";

/** Services get this long to end; with what comes before and after, Ctrl-C takes less than 5 s. */
const STOP_GRACE_MS = 2_500;

export interface StackOptions {
  engine: EngineChoice;
  workers: number;
  /** Undefined: 4600, or any free port when that is taken. */
  port: number | undefined;
  /** Where the database and the logs are kept. */
  dataDirectory?: string;
  /** Told what a person should know while it starts. */
  onNotice: (text: string) => void;
}

export interface Stack {
  readonly url: string;
  readonly engine: EngineInfo;
  readonly logDirectory: string;
  /** Settles with the name of a service that ended although nobody stopped it. */
  readonly broken: Promise<string>;
  stop(): Promise<void>;
}

/** Starts the whole product on this machine: PostgreSQL, API with dashboard, workers. Nothing else has to run. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDirectory = options.dataDirectory ?? projectDataDirectory(productRoot);
  const logDirectory = join(dataDirectory, "logs");
  mkdirSync(logDirectory, { recursive: true });
  const releaser = createReleaser();
  try {
    const postgres = await startEmbeddedPostgres({
      dataDirectory: join(dataDirectory, "postgres"),
      onNotice: options.onNotice,
    });
    releaser.add("postgres", () => postgres.stop());
    const env = { ...readEnvironment(), DATABASE_URL: postgres.url, REDIS_URL: undefined, ENGINE: options.engine };
    const api = await startApi({ env, logDirectory, port: options.port });
    releaser.add("api", () => api.stop(STOP_GRACE_MS));
    const workers = await startWorkers({ env, logDirectory, count: options.workers });
    releaser.add("workers", async () => {
      await Promise.all(workers.map((worker) => worker.stop(STOP_GRACE_MS)));
    });
    const url = `http://127.0.0.1:${api.ready.port}`;
    const broken = firstToEnd([["api", api.ended], ["postgres", postgres.ended], ...workers.map(nameWorker)]);
    return { url, engine: workers[0]!.ready.engine, logDirectory, broken, stop: () => releaser.releaseAll() };
  } catch (error) {
    await releaser.releaseAll();
    throw error;
  }
}

interface Start {
  env: Record<string, string | undefined>;
  logDirectory: string;
}

async function startApi({ env, logDirectory, port }: Start & { port: number | undefined }) {
  return startService({
    name: "api",
    entry: join(productRoot, "apps/api/dist/main.js"),
    env: { ...env, SMOOTHSWEEP_HOST: "127.0.0.1", SMOOTHSWEEP_PORT: String(await choosePort(port)) },
    logFile: join(logDirectory, "api.log"),
    ready: z.object({ kind: z.literal("listening"), port: z.number() }),
  });
}

const workerReady = z.object({ kind: z.literal("working"), engine: engineInfoSchema });
type WorkerService = Service<z.infer<typeof workerReady>>;

function startWorkers({ env, logDirectory, count }: Start & { count: number }): Promise<WorkerService[]> {
  const start = (_: unknown, index: number) =>
    startService({
      name: `worker ${index + 1}`,
      entry: join(productRoot, "apps/worker/dist/main.js"),
      env,
      logFile: join(logDirectory, `worker-${index + 1}.log`),
      ready: workerReady,
    });
  return Promise.all(Array.from({ length: count }, start));
}

function nameWorker(worker: WorkerService, index: number): [string, Promise<void>] {
  return [`worker ${index + 1}`, worker.ended];
}

function firstToEnd(services: readonly [string, Promise<void>][]): Promise<string> {
  return Promise.race(services.map(([name, ended]) => ended.then(() => name)));
}
