import { createOutageLog, type Logger } from "@smoothsweep/runtime";
import type { Worker } from "bullmq";
import { workerSettings } from "./queueSettings.ts";

/** How long a worker rests after an error before it asks for jobs again. */
const REST_MS = 1_000;
/**
 * Without an error for so long, and with an answer to a ping, the queue counts as back: longer than a rest and the time
 * that an idle worker waits for a job before it writes again.
 */
const QUIET_MS = REST_MS + 1_000 * workerSettings.drainDelay + 1_000;

/**
 * Lets a worker rest after an error of its queue: BullMQ waits for lost connections, but asks again at once when the
 * queue answers with a refusal, as a full or read-only Redis does. Says once that the queue is away and once that it is
 * back. Jobs that are running go on.
 * @returns the way to stop it.
 */
export function restAfterErrors(worker: Worker, options: { ping: () => Promise<void>; logger: Logger }): () => void {
  const { ping, logger } = options;
  const outage = createOutageLog(logger, "the queue");
  const lostTokens = new Set<string>();
  let rest: NodeJS.Timeout | undefined;
  let check: NodeJS.Timeout | undefined;

  const onError = (error: Error) => {
    if (isAboutLostToken(error)) return;
    outage.failed(error);
    clearTimeout(check);
    check = setTimeout(checkQuiet, QUIET_MS);
    if (rest !== undefined) return;
    void worker.pause(true);
    rest = setTimeout(() => {
      rest = undefined;
      void worker.resume();
    }, REST_MS);
  };
  const checkQuiet = () => {
    ping().then(outage.recovered, onError);
  };
  worker.on("error", onError);
  worker.on("lockRenewalFailed", (jobIds) => {
    for (const jobId of jobIds) {
      if (lostTokens.has(jobId)) continue;
      logger.warn({ jobId }, "the queue no longer knows this worker's token; the trials are in the database");
      lostTokens.add(jobId);
    }
  });
  worker.on("active", () => lostTokens.clear());
  return () => {
    clearTimeout(rest);
    clearTimeout(check);
  };
}

/**
 * The job of a running token was wiped, or given to another worker because its lock expired. It concerns that token
 * only: its trials are held by leases. BullMQ's scripts answer so with negative codes.
 */
function isAboutLostToken(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return (typeof code === "number" && code < 0) || error.message.startsWith("could not renew lock");
}
