import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createConnection } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "@smoothsweep/runtime";

/** A real redis-server that can be broken. */
export interface RedisServer {
  readonly port: number;
  /** Sends a command past every proxy. @throws Error what Redis answered */
  command(...words: string[]): Promise<string>;
  /** Kills it and starts it again after `downMs`; its append-only file brings back what it held. */
  restart(downMs: number): Promise<void>;
  stop(): Promise<void>;
}

const START_TRIES = 200;

/** Whether a redis-server is on PATH. */
export function canStartRedis(): boolean {
  return spawnSync("redis-server", ["--version"]).status === 0;
}

/** Starts redis-server with its files in `directory`. */
export async function startRedisServer(directory: string): Promise<RedisServer> {
  const port = await freePort();
  let server = await launch(port, directory);
  process.once("exit", () => server.kill("SIGKILL"));
  return {
    port,
    command: (...words) => sendCommand(port, words),
    restart: async (downMs) => {
      await end(server);
      await delay(downMs);
      server = await launch(port, directory);
    },
    stop: () => end(server),
  };
}

async function launch(port: number, directory: string): Promise<ChildProcess> {
  const settings = { port, bind: "127.0.0.1", dir: directory, appendonly: "yes", "maxmemory-policy": "noeviction" };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const server = spawn("redis-server", [...args, "--save", ""], { stdio: "ignore", detached: true });
  for (let tries = 0; tries < START_TRIES && server.exitCode === null; tries += 1) {
    const answer = await sendCommand(port, ["PING"]).catch(() => undefined);
    if (answer === "PONG") return server;
    await delay(25);
  }
  server.kill("SIGKILL");
  throw new Error(`redis-server does not answer on port ${port}`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, "exit");
  server.kill("SIGKILL");
  await exit;
}

/** One command on a connection of its own; simple answers only. */
async function sendCommand(port: number, words: readonly string[]): Promise<string> {
  const socket = createConnection({ port, host: "127.0.0.1" });
  try {
    await once(socket, "connect");
    socket.write(`${words.join(" ")}\r\n`);
    const [data] = (await once(socket, "data")) as [Buffer];
    const answer = data.toString().trim();
    if (answer.startsWith("-")) throw new Error(`redis: ${answer.slice(1)}`);
    return answer.slice(1);
  } finally {
    socket.destroy();
  }
}
