import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { EngineChoice, EngineInfo } from "@smoothsweep/contracts";
import { createReleaser, projectDataDirectory, readEnvironment, startEmbeddedPostgres } from "@smoothsweep/runtime";
import { z } from "zod";
import { productRoot } from "../productRoot.ts";
import { startService } from "./childService.ts";
import { choosePort } from "./choosePort.ts";
import { keepWorkers } from "./keepWorkers.ts";

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
    const env = {
      ...readEnvironment(),
      DATABASE_URL: postgres.url,
      REDIS_URL: undefined,
      ENGINE: options.engine,
      // Who presses Ctrl-C does not want to wait for a pack; it goes on at the next start.
      SMOOTHSWEEP_DRAIN_GRACE: "0s",
    };
    const api = await startApi({ env, logDirectory, port: options.port });
    releaser.add("api", () => api.stop(STOP_GRACE_MS));
    const workers = await keepWorkers({ ...options, env, logDirectory, graceMs: STOP_GRACE_MS });
    releaser.add("workers", () => workers.stop());
    return {
      url: `http://127.0.0.1:${api.ready.port}`,
      engine: workers.engine,
      logDirectory,
      ...watchServices({ api: api.ended, postgres: postgres.ended }, () => releaser.releaseAll()),
    };
  } catch (error) {
    await releaser.releaseAll();
    throw error;
  }
}

/** A service that ends is news only while nobody is stopping the stack. */
function watchServices(
  services: Record<string, Promise<void>>,
  release: () => Promise<void>,
): Pick<Stack, "broken" | "stop"> {
  let isStopping = false;
  const broken = new Promise<string>((resolve) => {
    for (const [name, ended] of Object.entries(services)) void ended.then(() => isStopping || resolve(name));
  });
  const stop = () => {
    isStopping = true;
    return release();
  };
  return { broken, stop };
}

interface ApiStart {
  env: Record<string, string | undefined>;
  logDirectory: string;
  port: number | undefined;
}

async function startApi({ env, logDirectory, port }: ApiStart) {
  return startService({
    name: "api",
    entry: join(productRoot, "apps/api/dist/main.js"),
    env: { ...env, SMOOTHSWEEP_HOST: "127.0.0.1", SMOOTHSWEEP_PORT: String(await choosePort(port)) },
    logFile: join(logDirectory, "api.log"),
    ready: z.object({ kind: z.literal("listening"), port: z.number() }),
  });
}
