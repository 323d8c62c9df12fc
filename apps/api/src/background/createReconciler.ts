import type { Logger } from "@smoothsweep/runtime";
import type { TrialQueue, WorkQueueLedger } from "@smoothsweep/sweeps";

/** How much longer a group may wait without being thought forgotten while the queue has tokens. */
const BUSY_PATIENCE = 100;

/** Workers that could not renew while the database was away have done so within this: they ask every third of a lease. */
const RETURN_MS = 5_000;

export interface ReconcilerInput {
  ledger: Pick<WorkQueueLedger, "mend">;
  queue: Pick<TrialQueue, "waiting">;
  /** Whether the database was started within the last so many ms. */
  hasStartedWithin: (ms: number) => Promise<boolean>;
  /** How long a group may wait without a token while the queue is empty, in ms. */
  orphanAfterMs: number;
  logger: Pick<Logger, "warn">;
  /** Time in ms that never jumps. */
  now: () => number;
}

/**
 * Mends what got lost, once for each call. While tokens still wait in the queue, a group that waits is probably not
 * forgotten but behind them, so patience is much longer then; when none waits, nobody will be called, and a group is
 * helped at once. When the database was away because it was started anew, nobody has renewed a lease, and workers that
 * have trained on get the time to do it: else an outage longer than a lease would cost every running trial.
 */
export function createReconciler(input: ReconcilerInput): () => Promise<void> {
  const { ledger, queue, hasStartedWithin, orphanAfterMs, logger, now } = input;
  let workedAt = now();
  let away: { since: number; backAt?: number } | undefined;

  const areLeasesStale = async () => {
    if (away === undefined) return false;
    // Where only we were cut off, workers went on renewing.
    const isStarted = await hasStartedWithin(now() - away.since);
    away.backAt ??= now();
    if (!isStarted || now() - away.backAt >= RETURN_MS) away = undefined;
    return away !== undefined;
  };
  return async () => {
    const waiting = await queue.waiting().catch(() => undefined);
    const isQueueEmpty = waiting === 0;
    const patience = { orphanAfterMs: orphanAfterMs * (isQueueEmpty ? 1 : BUSY_PATIENCE), isQueueEmpty };
    try {
      const mended = await ledger.mend({ ...patience, areLeasesStale: await areLeasesStale() });
      workedAt = now();
      if (mended.expired + mended.orphanedGroups > 0) logger.warn(mended, "mended");
    } catch (error) {
      away = { since: away?.since ?? workedAt };
      throw error;
    }
  };
}
