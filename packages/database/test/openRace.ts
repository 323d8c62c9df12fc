import type { ClaimedTrial } from "@smoothsweep/sweeps";
import { acceptedResult, plannedSweep } from "@smoothsweep/testkit";
import { inOrder, points } from "./heldAt.ts";
import { openStore } from "./openStore.ts";

export const LEASE_MS = 60_000;

/** What is left of claims that no longer hold. */
export const stale: unknown[] = [];

export type Race = Awaited<ReturnType<typeof openRace>>;

/** A sweep of six trials in two groups on a database of its own, and what workers and users do to it. */
export async function openRace() {
  const harness = await openStore();
  const sweep = plannedSweep();
  await harness.store.createSweep(sweep);
  const { store, control, feed } = harness;
  const { url } = harness.database;
  return {
    ...harness,
    url,
    sweep,
    claimOne: () =>
      store.claimTrials({ groupId: sweep.trials[0]!.groupId, limit: 1, workerId: "wrk_test", leaseMs: LEASE_MS }),
    accept: (...claims: ClaimedTrial[]) => store.acceptResults(claims.map((claim) => acceptedResult(claim))),
    apply: (verb: "pause" | "cancel" | "stop" | "retry") => control.apply(sweep.id, verb),
    shown: () => store.getSweep(sweep.id),
    trial: (claim: ClaimedTrial) => store.getTrial(claim.trialId),
    /** How often the sweep has ended. */
    ends: async () => (await feed.read(sweep.id, 0, 1000)).filter(({ type }) => type === "sweep.ended").length,
    /** Two sides that meet at the sweep's row, and go on one after the other. */
    atSweepRow: <A, B>(first: () => Promise<A>, second: () => Promise<B>) =>
      inOrder(url, points.sweepRow(sweep.id), [first, second]),
  };
}

export function claimOf({ trialId, token }: ClaimedTrial) {
  return { trialId, token };
}
