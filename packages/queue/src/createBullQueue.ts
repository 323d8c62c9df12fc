import { jobCatalogue, toAppError } from "@smoothsweep/contracts";
import type { Logger } from "@smoothsweep/runtime";
import type { QueueConsumer, TokenHandler, TrialQueue } from "@smoothsweep/sweeps";
import { type Job, type Queue, UnrecoverableError, WaitingError, type Worker } from "bullmq";
import { jobOf } from "./jobOf.ts";
import { restAfterErrors } from "./restAfterErrors.ts";

/** What differs between the backends: how queues and workers are made, and what there is to close besides them. */
export interface BullBackend {
  openQueue(): Queue;
  openWorker(
    processor: (job: Job, token: string | undefined, signal: AbortSignal | undefined) => Promise<void>,
  ): Worker;
  close(): Promise<void>;
}

/** The port {@link TrialQueue} on BullMQ, whichever backend stores the jobs. */
export function createBullQueue(backend: BullBackend, logger: Logger): TrialQueue {
  const queue = backend.openQueue();
  // Connection errors are retried by BullMQ, and who called is told; without a listener they would end the process.
  queue.on("error", (error) => logger.debug({ err: error }, "queue connection"));
  const ping = async () => {
    await countWaiting(queue);
  };
  return {
    enqueue: async (tokens) => {
      await queue.addBulk(tokens.map(jobOf));
    },
    consume: (handler) => consume(backend, handler, { ping, logger }),
    waiting: () => countWaiting(queue),
    ping,
    close: async () => {
      await queue.close();
      await backend.close();
    },
  };
}

async function countWaiting(queue: Queue): Promise<number> {
  try {
    const { waiting = 0, prioritized = 0, delayed = 0 } = await queue.getJobCounts("waiting", "prioritized", "delayed");
    return waiting + prioritized + delayed;
  } catch (cause) {
    throw toAppError(cause, "queue_unavailable");
  }
}

async function consume(
  backend: BullBackend,
  handler: TokenHandler,
  { ping, logger }: { ping: () => Promise<void>; logger: Logger },
): Promise<QueueConsumer> {
  const worker = backend.openWorker(async (job, token, signal) => {
    const payload = jobCatalogue["train-group"].schema.safeParse(job.data);
    // A payload of another version says nothing to us; the database still knows the work, so nothing is lost.
    if (!payload.success) throw new UnrecoverableError(`job ${job.id} breaks the schema of train-group`);
    const outcome = await handler(payload.data, signal ?? new AbortController().signal);
    if (outcome === "done") return;
    await job.moveToWait(token);
    // BullMQ's way to say that the job is no longer ours to complete.
    throw new WaitingError();
  });
  const stopResting = restAfterErrors(worker, { ping, logger });
  worker.on("failed", (job, error) => logger.error({ jobId: job?.id, err: error }, "token failed"));
  await worker.waitUntilReady();
  return {
    close: async () => {
      stopResting();
      await worker.close();
    },
  };
}
