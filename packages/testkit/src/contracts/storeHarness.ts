import type {
  ClaimedTrial,
  EventFeed,
  Housekeeper,
  PlannedSweep,
  PredictionStore,
  RevocationFeed,
  SweepControl,
  TrialStore,
  WorkerRegistry,
  WorkQueueLedger,
} from "@smoothsweep/sweeps";
import { acceptedResult } from "../factories/resultFactory.ts";

/** Every port of the ledger on a store of its own. */
export interface StoreHarness {
  store: TrialStore;
  control: SweepControl;
  ledger: WorkQueueLedger;
  predictions: PredictionStore;
  housekeeper: Housekeeper;
  registry: WorkerRegistry;
  feed: EventFeed;
  revocations: RevocationFeed;
  /** Lets so many milliseconds pass, for everything that the store knows: time is data, nothing waits. */
  passTime(ms: number): Promise<void>;
  close(): Promise<void>;
}

export const LEASE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Claims from every group of a sweep, a pack of at most `limit` from each. */
export async function claimAll(store: TrialStore, sweep: PlannedSweep, limit = 100): Promise<ClaimedTrial[]> {
  const packs = await Promise.all(
    groupsOf(sweep).map((groupId) => store.claimTrials({ groupId, limit, workerId: "wrk_test", leaseMs: LEASE_MS })),
  );
  return packs.flat();
}

/** Claims and completes everything of a sweep that waits. @param accuracyOf Tells results apart. */
export async function completeAll(
  store: TrialStore,
  sweep: PlannedSweep,
  accuracyOf: (trialId: string) => number = () => 0.9,
): Promise<void> {
  for (let pack = await claimAll(store, sweep); pack.length > 0; pack = await claimAll(store, sweep)) {
    await store.acceptResults(pack.map((claim) => acceptedResult(claim, accuracyOf(claim.trialId))));
  }
}

/** The groups of a planned sweep, in the order of their first trials. */
export function groupsOf(sweep: PlannedSweep): string[] {
  return [...new Set(sweep.trials.map(({ groupId }) => groupId))];
}
