import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { SweepDetail, SweepEvent, SweepSpecInput } from "@smoothsweep/contracts";
import {
  createEventFeed,
  createPredictionStore,
  createRevocationFeed,
  createSweepControl,
  createTrialStore,
  createWorkQueueLedger,
  openDatabase,
} from "@smoothsweep/database";
import { describeSnapshot, knownDatasets } from "@smoothsweep/datasets";
import { createPostgresQueue } from "@smoothsweep/queue";
import { createLogger, type Logger, newId } from "@smoothsweep/runtime";
import { type PlannedSweep, parseSweepSpec, planSweep, type QueueConsumer } from "@smoothsweep/sweeps";
import { freshDatabase, sha256 } from "@smoothsweep/testkit";
import { createTokenHandler } from "../src/packs/runToken.ts";
import { withTeachers } from "../src/packs/withTeachers.ts";
import { keepTrainingProcess } from "../src/supervision/keepTrainingProcess.ts";
import type { TrainingProcess } from "../src/supervision/trainingProcess.ts";
import { wasmChild } from "./builtChild.ts";

export const LEASE_MS = 60_000;
export const logger = createLogger({ name: "test", level: "silent" });

/** A specification of 8 trials, 6 distinct, in 2 groups; small enough to train in a moment. */
export function blobsSpec(changes: Partial<SweepSpecInput> = {}): SweepSpecInput {
  return {
    name: "blobs",
    data: { dataset: "synthetic-blobs", train: 2000, validation: 100, test: 150 },
    model: { kind: "mlp", hidden: [8] },
    training: { epochs: 2, batchSize: 50 },
    axes: { "smoothing.epsilon": [0, 0.1], "smoothing.convention": ["uniform", "off-target"] },
    seeds: [0, 1],
    // What is compared is trained.
    cache: "off",
    ...changes,
  };
}

const catalogue = Object.fromEntries(knownDatasets().map((dataset) => [dataset.name, dataset]));

export interface TestWorkerOptions {
  /** May come between the worker and its training child. */
  wrap?: (training: TrainingProcess) => TrainingProcess;
  child?: Parameters<typeof wasmChild>[0];
  logger?: Logger;
}

export type TestStack = Awaited<ReturnType<typeof startTestStack>>;

/** Database, queue on PostgreSQL and outbox relay, all real; workers are started by the tests. */
export async function startTestStack() {
  const test = await freshDatabase();
  const database = openDatabase({ url: test.url });
  const feed = await createEventFeed(database);
  const revocations = await createRevocationFeed(database);
  const ledger = createWorkQueueLedger(database);
  const queue = createPostgresQueue({ url: test.url, logger });
  const store = createTrialStore(database);
  let relaying: Promise<unknown> = Promise.resolve();
  const relay = () => {
    relaying = relaying.then(() =>
      ledger.relayOutbox(500, (tokens) =>
        queue.enqueue(
          tokens.map(({ generation, sweepId, groupId, index }) => ({
            job: { version: 1, sweepId, groupId, index },
            generation,
          })),
        ),
      ),
    );
  };
  feed.onOutbox(relay);
  // Tokens of trials that wait for their back-off become due without a word.
  const polling = setInterval(relay, 500);
  const releases: (() => Promise<void>)[] = [];

  return {
    url: test.url,
    database,
    store,
    ledger,
    revocations,
    control: createSweepControl(database, { hash: sha256, newId, catalogue, turn: () => setImmediate() }),
    submit: async (changes: Partial<SweepSpecInput> = {}): Promise<PlannedSweep> => {
      const sweep = await planBlobs(changes);
      await store.createSweep(sweep);
      return sweep;
    },
    /** Resolves with the sweep when an event of it satisfies the condition. */
    waitFor: async (sweepId: string, isIt: (event: SweepEvent) => boolean): Promise<SweepDetail> => {
      let stop = () => {};
      await new Promise<void>((resolve, reject) => {
        const look = () =>
          void feed.read(sweepId, 0, 10_000).then((events) => {
            if (events.some(isIt)) resolve();
          }, reject);
        stop = feed.subscribe(sweepId, look);
        look();
      });
      stop();
      return store.getSweep(sweepId);
    },
    /** Takes tokens as a worker does. */
    startWorker: async (options: TestWorkerOptions = {}) => {
      const keeper = keepTrainingProcess(wasmChild(options.child), options.logger ?? logger);
      const draining = new AbortController();
      const ending = new AbortController();
      const consumer: QueueConsumer = await queue.consume(
        createTokenHandler({
          store,
          training: async () => {
            const training = withTeachers(await keeper.current(), createPredictionStore(database));
            return (options.wrap ?? ((given) => given))(training);
          },
          workerId: "wrk_test",
          provenance: { workerId: "wrk_test", commit: "abc" },
          leaseMs: LEASE_MS,
          revocations,
          draining: draining.signal,
          ending: ending.signal,
          logger: options.logger ?? logger,
        }),
      );
      const end = () => {
        draining.abort();
        ending.abort();
      };
      const stop = async () => {
        end();
        await consumer.close();
        await keeper.close();
      };
      releases.push(stop);
      return { draining, end, stop };
    },
    rows: async <T>(sql: string, ...values: unknown[]): Promise<T[]> => (await database.pool.query(sql, values)).rows,
    close: async () => {
      for (const release of releases) await release();
      clearInterval(polling);
      // First what wakes the relay, then what the relay uses.
      await feed.close();
      await revocations.close();
      await relaying;
      await queue.close();
      await database.close();
      await test.drop();
    },
  };
}

/** A planned sweep on the synthetic blobs, with ids of its own. */
export async function planBlobs(changes: Partial<SweepSpecInput> = {}): Promise<PlannedSweep> {
  const catalogue = Object.fromEntries(knownDatasets().map((dataset) => [dataset.name, dataset]));
  // Tests compare what was trained twice.
  const spec = parseSweepSpec(blobsSpec({ cache: "off", ...changes }), catalogue);
  const described = await describeSnapshot(spec.data, { cacheDirectory: join(tmpdir(), "smoothsweep-worker-test") });
  const { id, classCount, featureCount, classCounts } = described;
  const snapshot = { id, classCount, featureCount, trainClassCounts: [...classCounts.train] };
  return planSweep(spec, snapshot, { hash: sha256, newId });
}
