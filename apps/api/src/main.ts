import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  applyMigrations,
  createEventFeed,
  createHousekeeper,
  createPredictionStore,
  createSweepControl,
  createSweepExporter,
  createTrialStore,
  createWorkerRegistry,
  createWorkQueueLedger,
  openDatabase,
} from "@smoothsweep/database";
import { openQueue } from "@smoothsweep/queue";
import {
  cacheDirectory,
  createLogger,
  createReleaser,
  describeConfig,
  newId,
  onTermination,
  productVersion,
  readEnvironment,
  runProgram,
} from "@smoothsweep/runtime";
import { WORKER_PROTOCOL } from "@smoothsweep/sweeps";
import { startBackground } from "./background/startBackground.ts";
import { readApiConfig } from "./config.ts";
import { createApp } from "./createApp.ts";
import { createDatasetStore } from "./datasets/createDatasetStore.ts";
import { EXPORTS_MAX } from "./http/exportStream.ts";
import { listen } from "./http/listen.ts";

const migrationsDirectory = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
const dashboardDirectory = fileURLToPath(new URL("../../dashboard/dist", import.meta.url));

/** What the slowest reader may take for one page of an export. */
const EXPORT_IDLE_MS = 300_000;

await runProgram("api", async () => {
  const environment = readEnvironment();
  const config = readApiConfig(environment);
  const logger = createLogger({ name: "api", level: config.logLevel });
  const releaser = createReleaser({ onError: (name, error) => logger.error({ err: error, name }, "release failed") });
  onTermination(() => releaser.releaseAll(), { onOutcome: (outcome) => logger.info({ outcome }, "api stopped") });
  // Started by the CLI: end when it is gone, however it ended.
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  logger.info({ config: describeConfig(config) }, "api starts");

  const applied = await applyMigrations(config.databaseUrl, migrationsDirectory);
  if (applied.length > 0) logger.info({ applied }, "migrations applied");
  const database = openDatabase({ url: config.databaseUrl });
  releaser.add("database", () => database.close());
  // Apart from the others: a slow reader keeps its connection, and may be slower than a statement.
  const exportDatabase = openDatabase({
    url: config.databaseUrl,
    connectionsMax: EXPORTS_MAX,
    idleInTransactionMs: EXPORT_IDLE_MS,
  });
  releaser.add("export database", () => exportDatabase.close());
  const registry = createWorkerRegistry(database);
  await registry.announce({ protocol: WORKER_PROTOCOL, version: productVersion });
  const queue = openQueue({ redisUrl: config.redisUrl, databaseUrl: config.databaseUrl, logger });
  releaser.add("queue", () => queue.close());
  const feed = await createEventFeed(database);
  releaser.add("event feed", () => feed.close());

  const housekeeper = createHousekeeper(database);
  startBackground({
    ...{ housekeeper, queue, feed, config, logger, releaser },
    ledger: createWorkQueueLedger(database),
    hasStartedWithin: database.hasStartedWithin,
  });

  const closing = new AbortController();
  const datasetOptions = {
    cacheDirectory: cacheDirectory(environment),
    datasetsDirectory: config.datasetsDirectory,
    environment,
  };
  const datasets = createDatasetStore(datasetOptions);
  const tools = {
    hash: (text: string) => createHash("sha256").update(text).digest("hex"),
    newId,
    turn: () => nextTurn(),
  };
  const app = createApp({
    store: createTrialStore(database),
    predictions: createPredictionStore(database),
    control: createSweepControl(database, { ...tools, catalogue: datasets.catalogue() }),
    registry,
    exporter: createSweepExporter(exportDatabase),
    datasets,
    tools,
    feed,
    checks: { database: () => database.ping(), queue: () => queue.ping() },
    logger,
    version: productVersion,
    apiKey: config.apiKey,
    isOpenLoopback: config.apiKey === undefined,
    dashboardDirectory,
    closing: closing.signal,
  });
  const { port, close } = await listen(app, config);
  releaser.add("http", () => {
    closing.abort();
    close();
  });
  logger.info({ url: `http://${config.host}:${port}` }, "api listens");
  process.send?.({ kind: "listening", port });
});
