import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { cacheDirectory, createReleaser, freePort } from "@smoothsweep/runtime";
import type { TcpProxy } from "@smoothsweep/testkit/faults";
import { createDatabase, dropDatabase } from "./databases.ts";
import { type KeptService, keepService } from "./keptService.ts";
import { CLIENT_LINK, type Links, openLinks } from "./links.ts";
import type { PostgresServer } from "./postgresServer.ts";
import { openProbe, type Probe } from "./probe.ts";
import { MARK_VARIABLE } from "./processes.ts";
import type { RedisServer } from "./redisServer.ts";
import { prepareSmallDisk, type SmallDisk } from "./smallDisk.ts";

export type QueueBackend = "redis" | "postgres";

/** The servers, which live as long as the harness. */
export interface Servers {
  postgres: PostgresServer;
  /** Absent: the queue lives in PostgreSQL. */
  redis: RedisServer | undefined;
}

/** The product in real processes, everything between them breakable. */
export interface ChaosStack {
  /** Marks its processes. */
  readonly mark: string;
  /** Address of the API, through the clients' link. */
  readonly url: string;
  readonly probe: Probe;
  readonly postgres: PostgresServer;
  readonly redis: RedisServer | undefined;
  readonly disk: SmallDisk;
  readonly api: KeptService;
  readonly workers: readonly KeptService[];
  link(name: string): TcpProxy;
  /** File that holds by how many milliseconds the clock of a worker is wrong. */
  clockFile(worker: number): string;
  /** Ends the product. @returns names of the services that did not end by themselves */
  stopServices(): Promise<string[]>;
  /** Gives everything back; call {@link stopServices} first. */
  release(): Promise<void>;
}

export interface StackOptions {
  servers: Servers;
  /** Name of the database to make, and the mark. */
  name: string;
  workers: number;
  engine: string;
  /** For logs and files. */
  directory: string;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const clockPreload = pathToFileURL(join(root, "test/chaos/preload/clockJump.mjs")).href;

/** A service that was asked to end must have ended by itself within this. */
const STOP_GRACE_MS = 20_000;

/** Starts API and workers on a database of their own, each behind a proxy to each server. */
export async function startChaosStack(options: StackOptions): Promise<ChaosStack> {
  const { servers, name, workers, directory } = options;
  const releaser = createReleaser();
  releaser.add("database", () => dropDatabase(servers.postgres, name));
  mkdirSync(directory, { recursive: true });
  await servers.redis?.command("FLUSHALL");
  const databaseUrl = await createDatabase(servers.postgres, name);
  const numbers = Array.from({ length: workers }, (_, index) => index + 1);
  const services = ["api", ...numbers.map((number) => `worker-${number}`)];
  let apiPort = 0;
  const links = await openLinks({ ...servers, apiPort: () => apiPort }, services);
  apiPort = await freePort();

  const clockFile = (worker: number) => join(directory, `clock-${worker}`);
  for (const number of numbers) writeFileSync(clockFile(number), "0");
  const start = serviceStarter(options, links, databaseUrl);
  const api = start("api", "listening", { SMOOTHSWEEP_HOST: "127.0.0.1", SMOOTHSWEEP_PORT: `${apiPort}` });
  const workerServices = numbers.map((number) =>
    start(`worker-${number}`, "working", {
      ENGINE: options.engine,
      NODE_OPTIONS: `--import ${clockPreload}`,
      CHAOS_CLOCK_FILE: clockFile(number),
    }),
  );
  await Promise.all([api, ...workerServices].map((service) => service.ready()));

  const probe = openProbe(databaseUrl);
  releaser.add("probe", () => probe.close());
  const disk = await prepareSmallDisk(probe, join(directory, "small-disk"), servers.postgres.clusterDirectory);
  releaser.add("small disk", () => disk.remove());
  // First of all, so that no session of a half-open connection holds up the others.
  releaser.add("links", () => links.close());
  return {
    mark: name,
    url: `http://127.0.0.1:${links.find(CLIENT_LINK).port}`,
    probe,
    ...servers,
    disk,
    api,
    workers: workerServices,
    link: links.find,
    clockFile,
    stopServices: () => stopAll([...workerServices, api]),
    release: () => releaser.releaseAll(),
  };
}

function serviceStarter({ name: mark, directory }: StackOptions, links: Links, databaseUrl: string) {
  const cacheHome = prepareCache(directory);
  return (name: string, readyKind: string, settings: Record<string, string>): KeptService => {
    const database = new URL(databaseUrl);
    database.port = `${links.find(`${name}-postgres`).port}`;
    const redis = links.names.includes(`${name}-redis`) ? links.find(`${name}-redis`) : undefined;
    return keepService({
      name,
      entry: join(root, `apps/${name === "api" ? "api" : "worker"}/dist/main.js`),
      env: {
        PATH: process.env["PATH"],
        HOME: process.env["HOME"],
        XDG_CACHE_HOME: cacheHome,
        [MARK_VARIABLE]: mark,
        DATABASE_URL: database.toString(),
        ...(redis && { REDIS_URL: `redis://127.0.0.1:${redis.port}` }),
        ...settings,
      },
      logFile: join(directory, `${name}.log`),
      readyKind,
    });
  };
}

/**
 * A cache of the schedule's own: pack sizes that others have measured would make other packs of the same work. Engines
 * that are installed are the machine's.
 */
function prepareCache(directory: string): string {
  const cacheHome = join(directory, "cache");
  const own = cacheDirectory({ XDG_CACHE_HOME: cacheHome });
  mkdirSync(own, { recursive: true });
  symlinkSync(join(cacheDirectory(), "engines"), join(own, "engines"));
  return cacheHome;
}

async function stopAll(services: readonly KeptService[]): Promise<string[]> {
  const outcomes = await Promise.all(services.map((service) => service.stop(STOP_GRACE_MS)));
  return services.filter((_, index) => outcomes[index] === "killed").map(({ name }) => name);
}
