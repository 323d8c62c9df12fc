import { every, type Logger, type Repetition } from "@smoothsweep/runtime";
import type { TrialStore } from "@smoothsweep/sweeps";
import type { PackLedger } from "./packLedger.ts";
import { isOutage } from "./retrying.ts";

/** How often in each lease it is renewed. */
const RENEWALS = 3;

/**
 * Renews the leases of a pack's open trials, and as soon as it is woken. Trials that are no longer ours, because
 * another attempt owns them or their sweep was cancelled, are dropped from the pack's ledger.
 */
export function keepLeases(options: {
  store: TrialStore;
  ledger: PackLedger;
  leaseMs: number;
  logger: Logger;
}): Repetition {
  const { store, ledger, leaseMs, logger } = options;
  const renew = async () => {
    // A trial whose end is being written may be no longer running in the database: that is no loss.
    const claims = ledger.open().filter(({ trialId }) => !ledger.isEnding(trialId));
    if (claims.length === 0) return;
    const held = await store.renewLeases(claims, leaseMs);
    const heldIds = new Set(held.map(({ trialId }) => trialId));
    const lost = claims.map(({ trialId }) => trialId).filter((trialId) => !heldIds.has(trialId));
    // Nor is one that began to end while we asked.
    const stillOpen = new Set(ledger.open().map(({ trialId }) => trialId));
    const gone = lost.filter((trialId) => stillOpen.has(trialId) && !ledger.isEnding(trialId));
    if (gone.length === 0) return;
    logger.warn({ trialIds: gone }, "leases lost");
    ledger.lose(gone);
  };
  const onError = (error: unknown) => {
    if (!isOutage(error)) logger.warn({ err: error }, "leases not renewed");
  };
  return every(leaseMs / RENEWALS, { work: renew, onError, isDelayed: true });
}
