import type { Logger } from "@smoothsweep/runtime";
import type { TrialQueue } from "@smoothsweep/sweeps";
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { createBullQueue } from "../createBullQueue.ts";
import { QUEUE_NAME, workerSettings } from "../queueSettings.ts";

export interface RedisQueueOptions {
  url: string;
  logger: Logger;
  /** Prefix of every key: separates installations, and tests, that share one Redis. */
  prefix?: string;
}

/** For both kinds of connection. */
const connectionSettings = {
  /** Often enough that a Redis which is back is noticed within 2 s. */
  retryStrategy: (times: number) => Math.min(times * 100, 2_000),
  /** After a failover the old primary only reads: connect again, perhaps to the new one. */
  reconnectOnError: (error: Error) => error.message.startsWith("READONLY"),
} as const;

/** The queue on Redis through ioredis. Redis must run with `maxmemory-policy noeviction`. */
export function createRedisQueue({ url, logger, prefix = "smoothsweep" }: RedisQueueOptions): TrialQueue {
  // The producer fails fast when Redis is down (the outbox tries again). A worker waits for it, as BullMQ demands: no
  // limit of retries, commands wait for the connection. A connection that is silently cut gives no error: one that owes
  // an answer for longer than any command takes (a worker's blocking one 5 s) is given up.
  const producer = new Redis(url, {
    ...connectionSettings,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    socketTimeout: 5_000,
  });
  const consumer = new Redis(url, {
    ...connectionSettings,
    maxRetriesPerRequest: null,
    enableOfflineQueue: true,
    lazyConnect: true,
    socketTimeout: 8_000,
  });
  for (const connection of [producer, consumer]) connection.on("error", () => {});
  return createBullQueue(
    {
      openQueue: () => new Queue(QUEUE_NAME, { connection: producer, prefix }),
      openWorker: (processor) => new Worker(QUEUE_NAME, processor, { ...workerSettings, connection: consumer, prefix }),
      close: async () => {
        producer.disconnect();
        consumer.disconnect();
      },
    },
    logger,
  );
}
