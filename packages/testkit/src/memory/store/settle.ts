import type { RetryPolicy, SweepEventBody, TrialState } from "@smoothsweep/contracts";
import { AppError } from "@smoothsweep/contracts";
import { afterFailure, afterLoss, type Claim, type Failure, type Loss, type NextTry } from "@smoothsweep/sweeps";
import { owned } from "./claims.ts";
import { endIfDone } from "./endSweep.ts";
import { callWorkers, groupsOf } from "./line.ts";
import { groupBy, sweepOf } from "./queries.ts";
import type { SweepRow, Tables, TrialRow } from "./tables.ts";

/** What ends attempts: the reason that is told, and what becomes of each trial under the sweep's policy. */
interface Ending {
  reason: string;
  nextOf: (trial: TrialRow, policy: RetryPolicy) => NextTry;
}

/** An attempt that reported a failure. @throws AppError `stale_attempt` */
export function failTrial(tables: Tables, failure: Failure): TrialState {
  const [trial] = owned(tables, [failure]);
  if (trial === undefined) throw new AppError("stale_attempt", `attempt ${failure.token} is over`);
  settle(tables, [trial], {
    reason: failure.code,
    nextOf: ({ counters }, policy) => afterFailure(policy, counters, failure),
  });
  return trial.state;
}

/** A pack whose worker or child vanished: those without an end are suspects. */
export function loseTrials(tables: Tables, claims: readonly Claim[], loss: Loss): void {
  losePacks(tables, [owned(tables, claims)], loss);
}

/** Trials of one group that one worker let expire were a pack. @returns how many they are */
export function expireLeases(tables: Tables): number {
  const expired = [...tables.trials.values()].filter(({ lease }) => lease !== null && lease.endsAt < tables.now());
  const byId = expired.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const packs = groupBy(byId, ({ lease, groupId }) => `${lease!.workerId} ${groupId}`);
  losePacks(tables, [...packs.values()], { code: "worker_lost", message: "the lease expired" });
  return expired.length;
}

function losePacks(tables: Tables, packs: readonly TrialRow[][], loss: Loss): void {
  const suspects = new Map(packs.flatMap((pack) => pack.map((trial) => [trial, pack.length])));
  const lost = [...suspects.keys()].toSorted((left, right) => (left.id < right.id ? -1 : 1));
  settle(tables, lost, {
    reason: loss.code,
    nextOf: (trial, policy) => afterLoss(policy, trial.counters, { ...loss, suspects: suspects.get(trial)! }),
  });
}

/** Handed back untouched. */
export function returnTrials(tables: Tables, claims: readonly Claim[], reason: string): void {
  settle(tables, owned(tables, claims), {
    reason,
    nextOf: ({ counters }) => ({ ...counters, state: "pending", delayMs: 0 }),
  });
}

/** Ends attempts without a result. */
function settle(tables: Tables, held: readonly TrialRow[], ending: Ending): void {
  for (const [sweepId, trials] of groupBy(held, (trial) => trial.sweepId)) {
    const sweep = sweepOf(tables, sweepId);
    for (const trial of trials) move(tables, { trial, sweep, next: ending.nextOf(trial, sweep.spec.retry) });
    tables.feed.append(sweepId, eventsOf(trials, ending.reason));
    const waiting = trials.filter(({ state }) => state === "pending");
    for (const [dueAt, due] of groupBy(waiting, ({ notBefore }) => notBefore)) {
      callWorkers(tables, sweep, { groups: groupsOf(due), dueAt });
    }
    endIfDone(tables, sweep);
  }
}

/** In a sweep that is stopping, what would wait is cancelled. */
function move(tables: Tables, { trial, sweep, next }: { trial: TrialRow; sweep: SweepRow; next: NextTry }): void {
  const { failures, losses, lossesAlone, packLimit } = next;
  Object.assign(trial, { counters: { failures, losses, lossesAlone, packLimit }, lease: null });
  if (next.state === "failed") {
    const { code, message } = next;
    Object.assign(trial, { state: "failed", failure: { code, message }, endedAt: tables.now() });
  } else if (sweep.state === "stopping") {
    const failure = { code: "sweep_stopped", message: "the sweep was stopped before the trial ran again" };
    Object.assign(trial, { state: "cancelled", failure, endedAt: tables.now() });
  } else Object.assign(trial, { state: "pending", notBefore: next.delayMs > 0 ? tables.now() + next.delayMs : 0 });
}

function eventsOf(trials: readonly TrialRow[], reason: string): SweepEventBody[] {
  const idsOf = (state: TrialState) => trials.filter((trial) => trial.state === state).map(({ id }) => id);
  const [waiting, cancelled] = [idsOf("pending"), idsOf("cancelled")];
  const failed = trials.flatMap(({ id, state, failure }) => (state === "failed" ? [{ trialId: id, ...failure! }] : []));
  return [
    ...(waiting.length > 0 ? [{ type: "trials.returned" as const, data: { trialIds: waiting, reason } }] : []),
    ...(cancelled.length > 0
      ? [{ type: "trials.cancelled" as const, data: { trialIds: cancelled, code: "sweep_stopped" } }]
      : []),
    ...failed.map((data) => ({ type: "trial.failed" as const, data })),
  ];
}
