/** Name of the one queue. Every sweep's tokens go through it; a job's priority is the token's index in its group. */
export const QUEUE_NAME = "smoothsweep-trials";

/**
 * A worker that vanishes is noticed after the lock has expired and a check has run: well under 10 s. The database's
 * leases notice it as well, so a job that stalls too often may fail: new tokens follow.
 */
export const workerSettings = {
  concurrency: 1,
  lockDuration: 6_000,
  stalledInterval: 3_000,
  maxStalledCount: 3,
  drainDelay: 5,
  /** After a lost connection; BullMQ's 15 s would be longer than a vanished worker's trials may wait. */
  runRetryDelay: 1_000,
} as const;

/**
 * Done jobs go at once: on PostgreSQL every job that ends reads all that are kept, so keeping thousands would make each
 * dearer than the last. A token that is enqueued again after it was done finds nothing to claim. Those that failed are
 * few, and kept for a look.
 */
export const jobSettings = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: { age: 3600, count: 1000 },
} as const;
