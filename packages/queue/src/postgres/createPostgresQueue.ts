import type { Logger } from "@smoothsweep/runtime";
import type { TrialQueue } from "@smoothsweep/sweeps";
import { createPostgresBackend, Queue, Worker } from "bullmq";
import { createBullQueue } from "../createBullQueue.ts";
import { QUEUE_NAME, workerSettings } from "../queueSettings.ts";

export interface PostgresQueueOptions {
  url: string;
  logger: Logger;
  /** Schema of the queue's tables; it separates tests that share one database. */
  schema?: string;
}

/** A connection that is dead without a word is given up after this; what the queue asks takes milliseconds. */
const ANSWER_MS = 8_000;

/** The queue on PostgreSQL, for the embedded mode: nothing else has to run. */
export function createPostgresQueue({ url, logger, schema = "bullmq" }: PostgresQueueOptions): TrialQueue {
  const connection = {
    connectionString: url,
    schema,
    migrate: true,
    max: 3,
    // The queue may lose what it wrote last (law 1), so nobody waits for the disk.
    options: "-c synchronous_commit=off",
    query_timeout: ANSWER_MS,
    // The server gives up as well: nobody waits for the answer any more.
    statement_timeout: ANSWER_MS,
    idle_in_transaction_session_timeout: ANSWER_MS,
    connectionTimeoutMillis: ANSWER_MS,
  };
  return createBullQueue(
    {
      openQueue: () => new Queue(QUEUE_NAME, { connection }, createPostgresBackend) as unknown as Queue,
      openWorker: (processor) =>
        new Worker(
          QUEUE_NAME,
          processor,
          { ...workerSettings, connection },
          createPostgresBackend,
        ) as unknown as Worker,
      close: async () => {},
    },
    logger,
  );
}
