import type { ListeningEventFeed } from "@smoothsweep/database";
import { every, type Logger, type Releaser, systemClock } from "@smoothsweep/runtime";
import type { Housekeeper, TrialQueue, WorkQueueLedger } from "@smoothsweep/sweeps";
import type { ApiConfig } from "../config.ts";
import { createReconciler } from "./createReconciler.ts";
import { relayOutbox } from "./relayOutbox.ts";

/** How often the outbox is looked at although nobody called: tokens become due when a back-off is over. */
const RELAY_INTERVAL_MS = 500;

/** How often what is kept for a time only is looked through. */
const TIDY_INTERVAL_MS = 60_000;

export interface BackgroundInput {
  ledger: WorkQueueLedger;
  housekeeper: Housekeeper;
  queue: TrialQueue;
  /** Whether the database was started within the last so many ms. */
  hasStartedWithin: (ms: number) => Promise<boolean>;
  feed: Pick<ListeningEventFeed, "onOutbox">;
  config: Pick<ApiConfig, "reconcileInterval" | "orphanAfter">;
  logger: Logger;
  releaser: Releaser;
}

/** Starts what runs beside the requests: the outbox relay, the reconciler that mends what got lost, and housekeeping. */
export function startBackground(input: BackgroundInput): void {
  const { ledger, housekeeper, queue, hasStartedWithin, feed, config, logger, releaser } = input;
  const failed = (task: string) => (error: unknown) => logger.error({ err: error, task }, "background task failed");
  const relay = every(RELAY_INTERVAL_MS, { work: () => relayOutbox(ledger, queue), onError: failed("relay") });
  releaser.add("relay", () => relay.stop());
  feed.onOutbox(relay.wake);
  const reconciler = every(config.reconcileInterval, {
    work: createReconciler({
      ...{ ledger, queue, hasStartedWithin, logger },
      orphanAfterMs: config.orphanAfter,
      now: systemClock.monotonicMs,
    }),
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
