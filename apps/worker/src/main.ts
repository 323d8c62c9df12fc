import { hostname } from "node:os";
import { join } from "node:path";
import { PACK_SIZES_FILE } from "@smoothsweep/contracts";
import {
  createPredictionStore,
  createRevocationFeed,
  createTrialStore,
  createWorkerRegistry,
  openDatabase,
} from "@smoothsweep/database";
import { openQueue } from "@smoothsweep/queue";
import {
  cacheDirectory,
  createLogger,
  createOutageLog,
  createReleaser,
  describeConfig,
  newId,
  onTermination,
  productVersion,
  readEnvironment,
  runProgram,
} from "@smoothsweep/runtime";
import { WORKER_PROTOCOL } from "@smoothsweep/sweeps";
import { readWorkerConfig } from "./config.ts";
import { createDrain } from "./lifecycle/createDrain.ts";
import { keepRegistered } from "./lifecycle/keepRegistered.ts";
import { keepPackSizes } from "./packs/packSizes.ts";
import { createTokenHandler } from "./packs/runToken.ts";
import { tellOutages } from "./packs/tellOutages.ts";
import { withTeachers } from "./packs/withTeachers.ts";
import { describeProvenance } from "./provenance.ts";
import { keepTrainingProcess } from "./supervision/keepTrainingProcess.ts";

/** After the grace period: time to abort the pack, to hand it back, and to close everything. */
const CLOSING_MS = 6_000;
const HEARTBEAT_MS = 5_000;

await runProgram("worker", async () => {
  const environment = readEnvironment();
  const config = readWorkerConfig(environment);
  const workerId = newId("wrk");
  const logger = createLogger({ name: "worker", level: config.logLevel }).child({ workerId });
  const releaser = createReleaser({ onError: (name, error) => logger.error({ err: error, name }, "release failed") });
  const drain = createDrain(config.drainGrace, logger);
  let unfit: unknown;
  onTermination(
    async (cause) => {
      drain.begin(cause);
      await releaser.releaseAll();
      if (unfit !== undefined) throw unfit;
    },
    {
      deadlineMs: config.drainGrace + CLOSING_MS,
      request: drain.draining,
      onOutcome: (outcome) => logger.info({ outcome }, "worker stopped"),
    },
  );
  // Started by the CLI: end when it is gone, however it ended.
  process.on("disconnect", () => drain.begin("the program that started it is gone"));
  logger.info({ config: describeConfig(config) }, "worker starts");

  // What a worker writes is small: what takes longer than this is lost on the way, and to be tried again.
  const database = openDatabase({ url: config.databaseUrl, connectionsMax: 4, statementTimeoutMs: 8_000 });
  releaser.add("database", () => database.close());
  const outage = createOutageLog(logger, "the database");

  const trainingProcess = keepTrainingProcess(
    {
      engine: config.engine,
      cacheDirectory: cacheDirectory(environment),
      datasetsDirectory: config.datasetsDirectory,
      progressDeadlineMs: config.progressDeadline,
      memoryLimitBytes: config.childMemory,
      onUnfit: (error) => {
        unfit = error;
        drain.begin("its training process cannot be started any more");
      },
      entry: config.trainingEntry,
    },
    logger,
  );
  releaser.add("training process", () => trainingProcess.close());
  // However this process ends, the child does not outlive it.
  process.on("exit", () => trainingProcess.kill());
  // A worker whose numbers are wrong must not take work: it proves its engine before it asks for any.
  const { engine, packCapacity } = await trainingProcess.current();

  const registry = tellOutages(createWorkerRegistry(database), outage);
  await registry.register({
    id: workerId,
    host: hostname(),
    pid: process.pid,
    version: productVersion,
    protocol: WORKER_PROTOCOL,
    engine,
    packCapacity,
    memoryBytes: config.childMemory,
  });
  releaser.add("registration", () => registry.retire(workerId));
  releaser.add(
    "heartbeat",
    keepRegistered({ registry, workerId, intervalMs: HEARTBEAT_MS, onDrain: drain.begin, logger }),
  );
  const revocations = await createRevocationFeed(database);
  releaser.add("revocations", () => revocations.close());

  const queue = openQueue({ redisUrl: config.redisUrl, databaseUrl: config.databaseUrl, logger });
  releaser.add("queue", () => queue.close());
  const consumer = await queue.consume(
    createTokenHandler({
      store: tellOutages(createTrialStore(database), outage),
      training: async () => withTeachers(await trainingProcess.current(), createPredictionStore(database)),
      workerId,
      provenance: await describeProvenance(workerId),
      leaseMs: config.lease,
      packSizes: keepPackSizes(join(cacheDirectory(environment), PACK_SIZES_FILE)),
      revocations,
      draining: drain.draining,
      ending: drain.ending,
      logger,
    }),
  );
  releaser.add("consumer", () => consumer.close());
  logger.info({ engine: engine.name, packCapacity }, "worker takes work");
  process.send?.({ kind: "working", engine });
});
