import type { RetryPolicy, SweepEventBody, SweepState, TrialState } from "@smoothsweep/contracts";
import type { NextTry, TrialCounters } from "@smoothsweep/sweeps";
import type { Sql } from "../connection/openDatabase.ts";
import { settleTrialsSql } from "../sql/settleTrials.ts";
import { addTokens } from "./addTokens.ts";
import { appendEvents } from "./appendEvents.ts";
import { endSweepIfDone } from "./endSweepIfDone.ts";
import { groupBy } from "./groupBy.ts";

/** A running trial whose row the transaction has locked. */
export interface HeldTrial extends TrialCounters {
  trialId: string;
  token: number;
  sweepId: string;
  groupId: string;
}

/** How an attempt ended without a result. */
export interface AttemptEnd {
  outcome: "failed" | "lost" | "returned";
  code: string | null;
  message: string;
}

/** What becomes of a held trial, and how its attempt ended. */
export type Decide<T extends HeldTrial> = (trial: T, policy: RetryPolicy) => { next: NextTry; end: AttemptEnd };

interface SweepRow {
  state: SweepState;
  retry: RetryPolicy;
}

const STOPPED = { code: "sweep_stopped", message: "the sweep was stopped before the trial ran again" };

/** A trial as it is written back. */
type Settled = HeldTrial & { state: TrialState; delayMs: number; code: string | null; message: string };

/**
 * Ends attempts that have no result, trials held, sweep by sweep: the trials wait again, with tokens that are due when
 * their back-off is over, or have failed; in a sweep that is stopping, what would wait is cancelled.
 * @returns the state of every trial
 */
export async function settleTrials<T extends HeldTrial>(
  sql: Sql,
  held: readonly T[],
  decide: Decide<T>,
): Promise<Map<string, TrialState>> {
  const states = new Map<string, TrialState>();
  for (const [sweepId, trials] of groupBy(held, (trial) => trial.sweepId)) {
    for (const { trialId, state } of await settleSweep(sql, { sweepId, trials, decide })) states.set(trialId, state);
  }
  return states;
}

async function settleSweep<T extends HeldTrial>(
  sql: Sql,
  { sweepId, trials, decide }: { sweepId: string; trials: readonly T[]; decide: Decide<T> },
): Promise<Settled[]> {
  // A verb that changes the state holds all open trials, so this is the state as long as ours are held.
  const [sweep] = await sql.$queryRawUnsafe<SweepRow[]>(
    "SELECT state::text AS state, spec->'retry' AS retry FROM sweep WHERE id = $1",
    sweepId,
  );
  const { state: sweepState, retry } = sweep as SweepRow;
  const ends = trials.map((trial) => ({ trial, ...decide(trial, retry) }));
  const settled = ends.map(({ trial, next, end }) => writeBack(trial, { next, end, sweepState }));
  const rows = settled.map((row, index) => {
    const { outcome, code: endCode, message: endMessage } = ends[index]!.end;
    return { ...row, outcome, endCode, endMessage };
  });
  await sql.$executeRawUnsafe(settleTrialsSql, JSON.stringify(rows));
  await appendEvents(sql, sweepId, eventsOf(settled, ends[0]!.end));
  await callWorkers(sql, sweepId, settled);
  await endSweepIfDone(sql, sweepId);
  return settled;
}

function writeBack(
  trial: HeldTrial,
  { next, end, sweepState }: { next: NextTry; end: AttemptEnd; sweepState: SweepState },
): Settled {
  const row = { ...trial, ...next };
  if (next.state === "failed") return { ...row, state: "failed", delayMs: 0, code: next.code, message: next.message };
  if (sweepState === "stopping") return { ...row, ...STOPPED, state: "cancelled", delayMs: 0 };
  return { ...row, state: "pending", delayMs: next.delayMs, code: end.code, message: end.message };
}

/** Trials that wait again get tokens that are due when they may be claimed. */
async function callWorkers(sql: Sql, sweepId: string, settled: readonly Settled[]): Promise<void> {
  const waiting = settled.filter(({ state }) => state === "pending");
  for (const [, trials] of groupBy(waiting, ({ delayMs }) => String(delayMs))) {
    const groups = [...groupBy(trials, ({ groupId }) => groupId)].map(([groupId, members]) => ({
      groupId,
      pending: members.length,
    }));
    await addTokens(sql, sweepId, { groups, delayMs: trials[0]!.delayMs });
  }
}

function eventsOf(settled: readonly Settled[], { code, message }: AttemptEnd): SweepEventBody[] {
  const idsOf = (state: TrialState) => settled.filter((row) => row.state === state).map(({ trialId }) => trialId);
  const [waiting, cancelled] = [idsOf("pending"), idsOf("cancelled")];
  const failed = settled.filter(({ state }) => state === "failed");
  return [
    ...(waiting.length > 0
      ? [{ type: "trials.returned" as const, data: { trialIds: waiting, reason: code ?? message } }]
      : []),
    ...(cancelled.length > 0
      ? [{ type: "trials.cancelled" as const, data: { trialIds: cancelled, code: STOPPED.code } }]
      : []),
    ...failed.map((row) => ({
      type: "trial.failed" as const,
      data: { trialId: row.trialId, code: row.code ?? "internal", message: row.message },
    })),
  ];
}
