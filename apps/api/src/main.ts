import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import {
  applyMigrations,
  createEventFeed,
  createTrialStore,
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
import { every } from "./background/every.ts";
import { relayOutbox } from "./background/relayOutbox.ts";
import { readApiConfig } from "./config.ts";
import { createApp } from "./createApp.ts";
import { createDatasetStore } from "./datasets/createDatasetStore.ts";

const migrationsDirectory = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
const dashboardDirectory = fileURLToPath(new URL("../../dashboard/dist", import.meta.url));

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
  const queue = openQueue({ redisUrl: config.redisUrl, databaseUrl: config.databaseUrl, logger });
  releaser.add("queue", () => queue.close());
  const feed = await createEventFeed(database);
  releaser.add("event feed", () => feed.close());

  const ledger = createWorkQueueLedger(database);
  const relay = every(5_000, { name: "relay", logger, work: () => relayOutbox(ledger, queue) });
  releaser.add("relay", () => relay.stop());
  feed.onOutbox(relay.wake);
  const reconciler = every(config.reconcileInterval, {
    name: "reconcile",
    logger,
    work: async () => {
      const mended = await ledger.mend(config.orphanAfter);
      if (mended.expired + mended.orphanedGroups > 0) logger.warn(mended, "mended");
    },
  });
  releaser.add("reconciler", () => reconciler.stop());

  const closing = new AbortController();
  const datasetOptions = {
    cacheDirectory: cacheDirectory(environment),
    datasetsDirectory: config.datasetsDirectory,
    environment,
  };
  const app = createApp({
    store: createTrialStore(database),
    datasets: createDatasetStore(datasetOptions),
    tools: { hash: (text) => createHash("sha256").update(text).digest("hex"), newId },
    feed,
    checks: { database: () => database.ping(), queue: () => queue.ping() },
    logger,
    version: productVersion,
    apiKey: config.apiKey,
    isOpenLoopback: config.apiKey === undefined && !config.allowUnauthenticated,
    dashboardDirectory,
    closing: closing.signal,
  });
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, resolve);
  });
  releaser.add("http", async () => {
    closing.abort();
    server.close();
    server.closeIdleConnections();
  });
  const { port } = server.address() as AddressInfo;
  logger.info({ url: `http://${config.host}:${port}` }, "api listens");
  process.send?.({ kind: "listening", port });
});
