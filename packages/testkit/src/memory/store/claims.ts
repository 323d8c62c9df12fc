import { type Claim, type ClaimedTrial, type ClaimRequest, PLACE_RESET, packShare } from "@smoothsweep/sweeps";
import { isTrained, sweepOf } from "./queries.ts";
import type { SweepRow, Tables, TrialRow } from "./tables.ts";

/**
 * Hands out pending trials of a group: a pack of trials that were lost as often and allow as many; or what the same
 * request was given before and what still holds.
 */
export function claimTrials(tables: Tables, request: ClaimRequest): ClaimedTrial[] {
  const given = takeUp(tables, request);
  if (given.length > 0) return given;
  const due = waitingTrials(tables).filter(
    ({ groupId, notBefore }) => groupId === request.groupId && notBefore <= tables.now(),
  );
  const [head] = due.toSorted((left, right) => turnOf(left) - turnOf(right) || left.ordinal - right.ordinal);
  if (head === undefined) return [];
  const { losses, packLimit } = head.counters;
  const alike = due.filter(({ counters }) => counters.losses === losses && counters.packLimit === packLimit);
  const share = shareOf(tables, { limit: request.limit, inGroup: alike.length });
  const pack = alike.slice(0, Math.min(share, packLimit ?? share));
  return start(tables, pack, request);
}

function takeUp(tables: Tables, { requestId, groupId, workerId, leaseMs }: ClaimRequest): ClaimedTrial[] {
  if (requestId === undefined) return [];
  const held = [...tables.trials.values()].filter(
    ({ lease, ...trial }) => trial.groupId === groupId && lease?.requestId === requestId && lease.workerId === workerId,
  );
  for (const { lease } of held) lease!.endsAt = tables.now() + leaseMs;
  return held.map((trial) => claimed(tables, trial));
}

/** Trials that workers may be given, now or when their back-off is over. */
function waitingTrials(tables: Tables): TrialRow[] {
  return trialsOfRunningSweeps(tables).filter(({ state }) => state === "pending");
}

function trialsOfRunningSweeps(tables: Tables): TrialRow[] {
  const trained = [...tables.trials.values()].filter(isTrained);
  return trained.filter(({ sweepId }) => sweepOf(tables, sweepId).state === "running");
}

/** What was lost once goes first, for it had its turn; then what is new; then what was lost again: suspects. */
function turnOf({ counters: { losses } }: TrialRow): number {
  return losses === 1 ? -1 : losses;
}

function shareOf(tables: Tables, wanted: { limit: number; inGroup: number }): number {
  const workers = Math.max(1, tables.liveWorkers());
  const waiting = waitingTrials(tables).length;
  return packShare({ ...wanted, waiting, remaining: remainingTrials(tables), workers });
}

/** Trials under way, each as far as it still has to go. */
function remainingTrials(tables: Tables): number {
  const running = trialsOfRunningSweeps(tables).filter(({ state }) => state === "running");
  return running.reduce((sum, { cell, reports, token }) => {
    const epoch = Math.max(0, ...(reports.get(token) ?? []).map((report) => report.epoch));
    return sum + 1 - epoch / cell.settings.training.epochs;
  }, 0);
}

function start(tables: Tables, pack: TrialRow[], request: ClaimRequest): ClaimedTrial[] {
  const { workerId, leaseMs, place = 0, requestId } = request;
  const [first] = pack;
  if (first === undefined) return [];
  const now = tables.now();
  const sweep = sweepOf(tables, first.sweepId);
  sweep.startedAt ??= now;
  if (!isOfOldLine(sweep, place)) sweep.servedPlace = Math.max(sweep.servedPlace, place);
  for (const trial of pack) {
    trial.startedAt ??= now;
    Object.assign(trial, {
      state: "running",
      token: trial.token + 1,
      notBefore: 0,
      lease: { workerId, endsAt: now + leaseMs, requestId },
    } satisfies Partial<TrialRow>);
  }
  const trialIds = pack.map(({ id }) => id);
  tables.feed.append(sweep.id, [{ type: "trials.started", data: { trialIds, workerId } }]);
  return pack.map((trial) => claimed(tables, trial));
}

function claimed(tables: Tables, { id, sweepId, token, seed, cell }: TrialRow): ClaimedTrial {
  const { model } = sweepOf(tables, sweepId).spec;
  return { trialId: id, token, sweepId, seed, plan: cell.plan, model, training: cell.settings.training };
}

/** A token that was made before the line was counted anew says nothing of where the sweep stands now. */
function isOfOldLine({ servedPlace }: SweepRow, place: number): boolean {
  return place > PLACE_RESET && servedPlace < PLACE_RESET / 2;
}

/** The running trials whose newest token the claims have, by id: nobody else may write them. */
export function owned({ trials }: Tables, claims: readonly Claim[]): TrialRow[] {
  const held = claims.flatMap(({ trialId, token }) => {
    const trial = trials.get(trialId);
    return trial?.state === "running" && trial.token === token ? [trial] : [];
  });
  return [...new Set(held)].toSorted((left, right) => (left.id < right.id ? -1 : 1));
}

export function claimOn({ id, token }: TrialRow): Claim {
  return { trialId: id, token };
}

/** Extends the leases of the claims that hold. */
export function renewLeases(tables: Tables, claims: readonly Claim[], leaseMs: number): Claim[] {
  const held = owned(tables, claims);
  for (const { lease } of held) lease!.endsAt = tables.now() + leaseMs;
  return held.map(claimOn);
}
