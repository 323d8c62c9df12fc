import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { applyMigrations, createTrialStore, type Database, openDatabase } from "@smoothsweep/database";
import { createReleaser, freePort, startEmbeddedPostgres } from "@smoothsweep/runtime";
import type { TrialStore } from "@smoothsweep/sweeps";
import { type KeptService, keepService } from "../chaos/stack/keptService.ts";
import { temporaryDataDirectory } from "./product.ts";

/** The built API in a process of its own, on a PostgreSQL of its own. */
export interface ApiServer {
  url: string;
  /** Started again whenever it has ended, on the same port. */
  api: KeptService;
  /** The same database past the API. */
  database: Database;
  store: TrialStore;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const STOP_GRACE_MS = 10_000;

/** Starts PostgreSQL and the API. @param nodeOptions for the API's process */
export async function startApiServer({ nodeOptions = "" }: { nodeOptions?: string } = {}): Promise<ApiServer> {
  const releaser = createReleaser();
  const data = temporaryDataDirectory();
  releaser.add("data", data.remove);
  const server = await startEmbeddedPostgres({ dataDirectory: join(data.path, "postgres"), durability: "relaxed" });
  releaser.add("postgres", () => server.stop());
  await applyMigrations(server.url, join(root, "prisma/migrations"));
  const database = openDatabase({ url: server.url, statementTimeoutMs: 120_000 });
  releaser.add("database", () => database.close());
  const port = await freePort();
  const api = keepService({
    name: "api",
    entry: join(root, "apps/api/dist/main.js"),
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      DATABASE_URL: server.url,
      SMOOTHSWEEP_PORT: `${port}`,
      NODE_OPTIONS: nodeOptions,
    },
    logFile: join(data.path, "api.log"),
    readyKind: "listening",
  });
  releaser.add("api", async () => void (await api.stop(STOP_GRACE_MS)));
  await api.ready();
  return {
    url: `http://127.0.0.1:${port}`,
    api,
    database,
    store: createTrialStore(database),
    close: () => releaser.releaseAll(),
  };
}
