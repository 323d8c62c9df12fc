import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@smoothsweep/runtime";
import { startTcpProxy, type Upstream } from "@smoothsweep/testkit/faults";

/** How a server goes down: by the book, or without a checkpoint, so that the next start recovers from the log. */
export type PostgresStop = "fast" | "immediate";

/** A real PostgreSQL that can be broken. It keeps its data, and has another port after each restart. */
export interface PostgresServer {
  /** Address by which the harness reaches it, the same across restarts; nothing on the way is ever broken. */
  readonly url: string;
  /** Its data; the owner is the account that it runs as. */
  readonly clusterDirectory: string;
  /** Where it listens now. */
  upstream(): Upstream;
  restart(how: PostgresStop, downMs: number): Promise<void>;
  /** How many statements it has refused so far because a disk was full. */
  refusedForRoom(): number;
  stop(): Promise<void>;
}

const signals = { fast: "SIGINT", immediate: "SIGQUIT" } as const;

/** Starts the embedded PostgreSQL with full durability: what was committed must survive an immediate stop. */
export async function startPostgresServer(dataDirectory: string): Promise<PostgresServer> {
  let refused = 0;
  const onLog = (line: string) => {
    if (/ERROR:.*No space left on device/.test(line)) refused += 1;
  };
  const start = () => startEmbeddedPostgres({ dataDirectory, onLog });
  let server: EmbeddedPostgres = await start();
  const upstream = () => ({ host: "127.0.0.1", port: server.port });
  const own = await startTcpProxy(upstream);
  const url = new URL(server.url);
  url.port = `${own.port}`;
  return {
    url: url.toString(),
    clusterDirectory: join(server.dataDirectory, "cluster"),
    upstream,
    restart: async (how, downMs) => {
      process.kill(server.pid, signals[how]);
      await server.stop();
      await delay(downMs);
      server = await start();
    },
    refusedForRoom: () => refused,
    stop: async () => {
      await own.close();
      await server.stop();
    },
  };
}
