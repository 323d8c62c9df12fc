import type { ListeningEventFeed } from "@smoothsweep/database";
import { every, type Logger, type Releaser } from "@smoothsweep/runtime";
import type { Housekeeper, TrialQueue, WorkQueueLedger } from "@smoothsweep/sweeps";
import type { ApiConfig } from "../config.ts";
import { relayOutbox } from "./relayOutbox.ts";

/** How often the outbox is looked at although nobody called: tokens become due when a back-off is over. */
const RELAY_INTERVAL_MS = 500;

/** How often what is kept for a time only is looked through. */
const TIDY_INTERVAL_MS = 60_000;

/** How much longer a group may wait without being thought forgotten while the queue has tokens. */
const BUSY_PATIENCE = 100;

export interface BackgroundInput {
  ledger: WorkQueueLedger;
  housekeeper: Housekeeper;
  queue: TrialQueue;
  feed: Pick<ListeningEventFeed, "onOutbox">;
  config: Pick<ApiConfig, "reconcileInterval" | "orphanAfter">;
  logger: Logger;
  releaser: Releaser;
}

/** Starts what runs beside the requests: the outbox relay, the reconciler that mends what got lost, and housekeeping. */
export function startBackground(input: BackgroundInput): void {
  const { ledger, housekeeper, queue, feed, config, logger, releaser } = input;
  const failed = (task: string) => (error: unknown) => logger.error({ err: error, task }, "background task failed");
  const relay = every(RELAY_INTERVAL_MS, { work: () => relayOutbox(ledger, queue), onError: failed("relay") });
  releaser.add("relay", () => relay.stop());
  feed.onOutbox(relay.wake);
  const reconciler = every(config.reconcileInterval, {
    work: () => reconcile({ ledger, queue, config, logger }),
    onError: failed("reconcile"),
  });
  releaser.add("reconciler", () => reconciler.stop());
  const housekeeping = every(TIDY_INTERVAL_MS, {
    work: async () => {
      const tidied = await housekeeper.tidy();
      if (Object.values(tidied).some((count) => count > 0)) logger.info(tidied, "tidied");
    },
    onError: failed("housekeeping"),
  });
  releaser.add("housekeeping", () => housekeeping.stop());
}

/**
 * Mends what got lost. While tokens still wait in the queue, a group that waits is probably not forgotten but behind
 * them, so patience is much longer then; when none waits, nobody will be called, and a group is helped at once.
 */
async function reconcile({
  ledger,
  queue,
  config,
  logger,
}: Pick<BackgroundInput, "ledger" | "queue" | "config" | "logger">): Promise<void> {
  const waiting = await queue.waiting().catch(() => undefined);
  const isQueueEmpty = waiting === 0;
  const orphanAfterMs = config.orphanAfter * (isQueueEmpty ? 1 : BUSY_PATIENCE);
  const mended = await ledger.mend({ orphanAfterMs, isQueueEmpty });
  if (mended.expired + mended.orphanedGroups > 0) logger.warn(mended, "mended");
}
