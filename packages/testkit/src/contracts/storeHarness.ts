import type {
  ClaimedTrial,
  EventFeed,
  PlannedSweep,
  RevocationFeed,
  SweepControl,
  TrialStore,
  WorkQueueLedger,
} from "@smoothsweep/sweeps";

/** A store of its own for one test. */
export interface StoreHarness {
  store: TrialStore;
  control: SweepControl;
  ledger: WorkQueueLedger;
  feed: EventFeed;
  revocations: RevocationFeed;
  /** Lets every lease that is running now be over: time is data, nothing waits. */
  expireLeases(): Promise<void>;
  /** Lets every pause before another attempt be over. */
  passBackoffs(): Promise<void>;
  close(): Promise<void>;
}

/** Claims from every group of a sweep, a pack of at most `limit` from each. */
export async function claimAll(store: TrialStore, sweep: PlannedSweep, limit = 100): Promise<ClaimedTrial[]> {
  const groupIds = [...new Set(sweep.trials.map(({ groupId }) => groupId))];
  const packs = await Promise.all(
    groupIds.map((groupId) => store.claimTrials({ groupId, limit, workerId: "wrk_test", leaseMs: 60_000 })),
  );
  return packs.flat();
}
