import type { ListeningEventFeed } from "@smoothsweep/database";
import type { Logger, Releaser } from "@smoothsweep/runtime";
import type { TrialQueue, WorkQueueLedger } from "@smoothsweep/sweeps";
import type { ApiConfig } from "../config.ts";
import { every } from "./every.ts";
import { relayOutbox } from "./relayOutbox.ts";

/** How often the outbox is looked at although nobody called: a notification may have been missed. */
const RELAY_INTERVAL_MS = 5_000;

export interface BackgroundInput {
  ledger: WorkQueueLedger;
  queue: TrialQueue;
  feed: Pick<ListeningEventFeed, "onOutbox">;
  config: Pick<ApiConfig, "reconcileInterval" | "orphanAfter">;
  logger: Logger;
  releaser: Releaser;
}

/** Starts what runs beside the requests: the outbox relay, and the reconciler that mends what got lost. */
export function startBackground({ ledger, queue, feed, config, logger, releaser }: BackgroundInput): void {
  const relay = every(RELAY_INTERVAL_MS, { name: "relay", logger, work: () => relayOutbox(ledger, queue) });
  releaser.add("relay", () => relay.stop());
  feed.onOutbox(relay.wake);
  const reconciler = every(config.reconcileInterval, {
    name: "reconcile",
    logger,
    work: async () => {
      const mended = await ledger.mend(config.orphanAfter);
      if (mended.expired + mended.orphanedGroups > 0) logger.warn(mended, "mended");
    },
  });
  releaser.add("reconciler", () => reconciler.stop());
}
