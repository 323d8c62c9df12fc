import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Client, createClient } from "@smoothsweep/client";
import { freePort, readEnvironment, startEmbeddedPostgres } from "@smoothsweep/runtime";

export type Backend = "postgres" | "redis";

/** The real programs, with a training child that trains nothing. */
export interface BenchStack {
  readonly client: Client;
  readonly baseUrl: string;
  readonly databaseUrl: string;
  /** Starts a worker and waits until it takes work. */
  startWorker(options: { reports: number; milliseconds?: number }): Promise<ChildProcess>;
  stop(): Promise<void>;
}

const root = process.cwd();
/** A worker hands its pack back within eleven seconds. */
const STOP_GRACE_MS = 20_000;

/** Starts PostgreSQL (syncing to disk, as users have it), Redis when asked for, and the API. */
export async function startBenchStack(backend: Backend): Promise<BenchStack> {
  const folder = await mkdtemp(join(tmpdir(), "smoothsweep-bench-"));
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, "postgres") });
  const redis = backend === "redis" ? await startRedis(folder) : undefined;
  const children: ChildProcess[] = [];
  const startProgram = async (entry: string, variables: Record<string, string>): Promise<[ChildProcess, unknown]> => {
    const log = openSync(join(folder, "log"), "a");
    const child = fork(join(root, entry), [], {
      env: {
        ...readEnvironment(),
        DATABASE_URL: postgres.url,
        REDIS_URL: redis?.url,
        SMOOTHSWEEP_LOG_LEVEL: "warn",
        ...variables,
      } as NodeJS.ProcessEnv,
      stdio: ["ignore", log, log, "ipc"],
    });
    children.push(child);
    return [child, await firstMessage(child, join(folder, "log"))];
  };
  const [, { port }] = (await startProgram("apps/api/dist/main.js", {
    SMOOTHSWEEP_PORT: String(await freePort()),
  })) as [ChildProcess, { port: number }];
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    client: createClient({ baseUrl }),
    baseUrl,
    databaseUrl: postgres.url,
    startWorker: async ({ reports, milliseconds = 0 }) => {
      const [child] = await startProgram("apps/worker/dist/main.js", {
        SMOOTHSWEEP_TRAINING_ENTRY: join(root, "bench/orchestration/noopChild.mjs"),
        NOOP_REPORTS: String(reports),
        NOOP_MILLISECONDS: String(milliseconds),
      });
      return child;
    },
    stop: async () => {
      await Promise.all(children.reverse().map((child) => stopProcess(child)));
      await redis?.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until a program says that it serves. @throws Error with the end of the log when it ends instead */
function firstMessage(child: ChildProcess, logFile: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code, signal) => {
      const said = readFileSync(logFile, "utf8").slice(-2000);
      reject(new Error(`${child.spawnfile} ended with ${signal ?? code} before it served: ${said}`));
    });
  });
}

/** Ends a process and waits for its end; one that does not end by itself is killed. */
export async function stopProcess(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  const killer = setTimeout(() => child.kill("SIGKILL"), STOP_GRACE_MS);
  await ended;
  clearTimeout(killer);
}

async function startRedis(folder: string) {
  const port = await freePort();
  const settings = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes"];
  const server = spawn("redis-server", [...settings, "--maxmemory-policy", "noeviction"], { stdio: "ignore" });
  while (!(await accepts(port))) await delay(20);
  return { url: `redis://127.0.0.1:${port}`, stop: () => stopProcess(server) };
}

async function accepts(port: number): Promise<boolean> {
  const socket = createConnection({ port, host: "127.0.0.1" });
  return once(socket, "connect")
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}
