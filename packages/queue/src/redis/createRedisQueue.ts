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

/** The queue on Redis through ioredis. Redis must run with `maxmemory-policy noeviction`. */
export function createRedisQueue({ url, logger, prefix = "smoothsweep" }: RedisQueueOptions): TrialQueue {
  // The producer fails fast when Redis is down (the outbox tries again); a worker waits for it, as BullMQ demands.
  const producer = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, lazyConnect: false });
  const consumer = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
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
