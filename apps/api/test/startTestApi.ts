import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createEventFeed,
  createPredictionStore,
  createSweepControl,
  createSweepExporter,
  createTrialStore,
  createWorkerRegistry,
  createWorkQueueLedger,
  type Database,
  type ListeningEventFeed,
  openDatabase,
} from "@smoothsweep/database";
import { createLogger, newId, productVersion } from "@smoothsweep/runtime";
import type { SweepExporter, TrialStore, WorkerRegistry, WorkQueueLedger } from "@smoothsweep/sweeps";
import { freshDatabase, sha256 } from "@smoothsweep/testkit";
import { type AppDependencies, createApp } from "../src/createApp.ts";
import { createDatasetStore } from "../src/datasets/createDatasetStore.ts";

export interface TestApi {
  /** A listening server on loopback; supertest takes it, and `fetch` its `url`. */
  server: Server;
  url: string;
  database: Database;
  store: TrialStore;
  ledger: WorkQueueLedger;
  feed: ListeningEventFeed;
  registry: WorkerRegistry;
  exporter: SweepExporter;
  /** What main.ts aborts at shutdown. */
  closing: AbortController;
  /** Rows of a table. */
  count(table: string): Promise<number>;
  /** Takes the database away while the API runs. */
  dropDatabase(): Promise<void>;
  close(): Promise<void>;
}

/** The API on a real database of its own, listening on a free port; parts of it may be replaced. */
export async function startTestApi(changes: Partial<AppDependencies> = {}): Promise<TestApi> {
  const test = await freshDatabase();
  const database = openDatabase({ url: test.url });
  const feed = await createEventFeed(database);
  const closing = new AbortController();
  const store = createTrialStore(database);
  const registry = createWorkerRegistry(database);
  const exporter = createSweepExporter(database);
  const datasets = createDatasetStore({ cacheDirectory: join(tmpdir(), "smoothsweep-api-test") });
  const tools = { hash: sha256, newId, turn: async () => {} };
  const app = createApp({
    store,
    predictions: createPredictionStore(database),
    feed,
    datasets,
    tools,
    control: createSweepControl(database, { ...tools, catalogue: datasets.catalogue() }),
    registry,
    exporter,
    checks: { database: () => database.ping() },
    logger: createLogger({ name: "test", level: "silent" }),
    version: productVersion,
    apiKey: undefined,
    isOpenLoopback: true,
    dashboardDirectory: join(tmpdir(), "smoothsweep-no-dashboard"),
    closing: closing.signal,
    ...changes,
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    database,
    store,
    ledger: createWorkQueueLedger(database),
    feed,
    registry,
    exporter,
    closing,
    count: async (table) => {
      const { rows } = await database.pool.query(`SELECT count(*)::int AS count FROM ${table}`);
      return (rows[0] as { count: number }).count;
    },
    dropDatabase: () => test.drop(),
    close: async () => {
      closing.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await feed.close();
      await database.close();
      await test.drop();
    },
  };
}

/** A specification of 8 trials, 6 distinct, on data that need no download. */
export function blobsSpec(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: "blobs",
    data: { dataset: "synthetic-blobs", train: 200, validation: 100, test: 100 },
    model: { kind: "mlp", hidden: [8] },
    training: { epochs: 2, batchSize: 50 },
    axes: { "smoothing.epsilon": [0, 0.1], "smoothing.convention": ["uniform", "off-target"] },
    seeds: [0, 1],
    ...changes,
  };
}

/** 200 more events of 100 kB each: more than any buffer between the API and a reader takes. */
export async function flood(api: TestApi, sweepId: string): Promise<void> {
  await api.database.pool.query(
    `INSERT INTO event (sweep_id, id, type, data) SELECT $1, 1 + n, 'trial.failed',
       jsonb_build_object('trialId', 'trl_x', 'code', 'internal', 'message', repeat('x', 100000))
     FROM generate_series(1, 200) AS n`,
    [sweepId],
  );
  await api.database.pool.query("UPDATE sweep SET last_event_id = 201 WHERE id = $1", [sweepId]);
}
