import type { Logger } from "@smoothsweep/runtime";
import type { TrialStore } from "@smoothsweep/sweeps";
import type { PackLedger } from "./packLedger.ts";

export interface LeaseKeeper {
  stop(): void;
}

/**
 * Renews the leases of a pack's open trials, three times in each lease. Trials that another attempt owns are dropped;
 * when none is left, `onAllLost` is called, because going on would be work for nothing.
 */
export function keepLeases(options: {
  store: TrialStore;
  ledger: PackLedger;
  leaseMs: number;
  logger: Logger;
  onAllLost: () => void;
}): LeaseKeeper {
  const { store, ledger, leaseMs, logger, onAllLost } = options;
  const renew = async () => {
    // A trial whose end is being written may be no longer running in the database: that is no loss.
    const claims = ledger.open().filter(({ trialId }) => !ledger.isEnding(trialId));
    if (claims.length === 0) return;
    const held = await store.renewLeases(claims, leaseMs);
    const heldIds = new Set(held.map(({ trialId }) => trialId));
    const lost = claims.map(({ trialId }) => trialId).filter((trialId) => !heldIds.has(trialId));
    // Nor is one that began to end while we asked.
    const stillOpen = new Set(ledger.open().map(({ trialId }) => trialId));
    const gone = new Set(lost.filter((trialId) => stillOpen.has(trialId) && !ledger.isEnding(trialId)));
    if (gone.size === 0) return;
    logger.warn({ trialIds: [...gone] }, "leases lost");
    ledger.lose(gone);
    if (ledger.open().length === 0) onAllLost();
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => logger.warn({ err: error }, "leases not renewed"));
  }, leaseMs / 3);
  return { stop: () => clearInterval(timer) };
}
