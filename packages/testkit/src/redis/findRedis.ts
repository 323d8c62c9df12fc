import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createConnection } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "@smoothsweep/runtime";

export interface TestRedis {
  url: string;
  stop(): Promise<void>;
}

/** Why there is no Redis, and what would change that. */
export const REDIS_MISSING =
  "the Redis suite was not run: set REDIS_URL, or put redis-server on PATH (Debian: apt-get install redis-server)";

/** Whether tests can have a Redis: `REDIS_URL` names one, or `redis-server` can be started. */
export function hasRedis(): boolean {
  return process.env["REDIS_URL"] !== undefined || canLaunchRedis();
}

/** The Redis of `REDIS_URL`, or one of our own on a free loopback port that keeps nothing. */
export async function startTestRedis(): Promise<TestRedis> {
  const given = process.env["REDIS_URL"];
  return given === undefined ? launchTestRedis() : { url: given, stop: async () => {} };
}

/** Whether `redis-server` can be started, for tests that stop or break theirs. */
export function canLaunchRedis(): boolean {
  return spawnSync("redis-server", ["--version"]).status === 0;
}

/** A Redis of our own that keeps nothing; on the port given it takes the place of one that was stopped. */
export async function launchTestRedis(givenPort?: number): Promise<TestRedis> {
  const port = givenPort ?? (await freePort());
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const server = spawn("redis-server", [...args, "--maxmemory-policy", "noeviction"], { stdio: "ignore" });
  await answers(port, server);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      server.kill("SIGTERM");
      if (server.exitCode === null) await once(server, "exit");
    },
  };
}

/** Resolves when something accepts connections on the port. */
async function answers(port: number, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100 && server.exitCode === null; tries++) {
    const socket = createConnection({ port, host: "127.0.0.1" });
    const connected = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (connected) return;
    await delay(50);
  }
  throw new Error(`redis-server does not answer on port ${port}`);
}
