import { hostname } from "node:os";
import { createTrialStore, createWorkerRegistry, openDatabase } from "@smoothsweep/database";
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
import { readWorkerConfig } from "./config.ts";
import { createTokenHandler } from "./packs/runToken.ts";
import { describeProvenance } from "./provenance.ts";
import { keepTrainingProcess } from "./supervision/keepTrainingProcess.ts";

const HEARTBEAT_MS = 5_000;

await runProgram("worker", async () => {
  const environment = readEnvironment();
  const config = readWorkerConfig(environment);
  const workerId = newId("wrk");
  const logger = createLogger({ name: "worker", level: config.logLevel }).child({ workerId });
  const releaser = createReleaser({ onError: (name, error) => logger.error({ err: error, name }, "release failed") });
  const draining = new AbortController();
  onTermination(
    () => {
      draining.abort();
      return releaser.releaseAll();
    },
    { onOutcome: (outcome) => logger.info({ outcome }, "worker stopped") },
  );
  // Started by the CLI: end when it is gone, however it ended.
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  logger.info({ config: describeConfig(config) }, "worker starts");

  const database = openDatabase({ url: config.databaseUrl, connectionsMax: 4 });
  releaser.add("database", () => database.close());

  const trainingProcess = keepTrainingProcess(
    {
      engine: config.engine,
      cacheDirectory: cacheDirectory(environment),
      datasetsDirectory: config.datasetsDirectory,
      progressDeadlineMs: config.progressDeadline,
    },
    logger,
  );
  releaser.add("training process", () => trainingProcess.close());
  // A worker whose numbers are wrong must not take work: it proves its engine before it asks for any.
  const { engine, packCapacity } = await trainingProcess.current();

  const registry = createWorkerRegistry(database);
  await registry.register({
    id: workerId,
    host: hostname(),
    pid: process.pid,
    version: productVersion,
    engine,
    packCapacity,
  });
  const heartbeat = setInterval(() => {
    registry.heartbeat(workerId).catch((error: unknown) => logger.warn({ err: error }, "no heartbeat"));
  }, HEARTBEAT_MS);
  releaser.add("registration", async () => {
    clearInterval(heartbeat);
    await registry.retire(workerId);
  });

  const queue = openQueue({ redisUrl: config.redisUrl, databaseUrl: config.databaseUrl, logger });
  releaser.add("queue", () => queue.close());
  const consumer = await queue.consume(
    createTokenHandler({
      store: createTrialStore(database),
      training: trainingProcess.current,
      workerId,
      provenance: await describeProvenance(workerId),
      leaseMs: config.lease,
      draining: draining.signal,
      logger,
    }),
  );
  releaser.add("consumer", () => consumer.close());
  logger.info({ engine: engine.name, packCapacity }, "worker takes work");
  process.send?.({ kind: "working", engine });
});
