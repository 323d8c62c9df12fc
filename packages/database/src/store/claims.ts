import {
  afterLoss,
  type Claim,
  type ClaimedTrial,
  type ClaimRequest,
  type Loss,
  PLACE_RESET,
} from "@smoothsweep/sweeps";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { claimColumns } from "../sql/claimColumns.ts";
import { claimTrialsSql, lockRequestSql, startTrialsSql, takeUpTrialsSql } from "../sql/claimTrials.ts";
import { renewLeasesSql } from "../sql/renewLeases.ts";
import { holdTrialsSql } from "../sql/settleTrials.ts";
import { type HeldTrial, settleTrials } from "./settleTrials.ts";
import { transaction } from "./transaction.ts";

/** Hands out pending trials of a group with fencing tokens and leases. */
export async function claimTrials(database: Database, request: ClaimRequest): Promise<ClaimedTrial[]> {
  const { groupId, limit, workerId, leaseMs, place, requestId } = request;
  const notRunning = Symbol("the sweep does not run");
  return transaction(database, async (sql) => {
    const held = await takeUp(sql, request);
    if (held.length > 0) return held;
    const claimed = await sql.$queryRawUnsafe<ClaimedTrial[]>(claimTrialsSql, groupId, limit, workerId, leaseMs);
    const sweepId = claimed[0]?.sweepId;
    if (sweepId === undefined) return [];
    const event = JSON.stringify({ trialIds: claimed.map(({ trialId }) => trialId), workerId, requestId });
    const started = await sql.$queryRawUnsafe<unknown[]>(startTrialsSql, sweepId, place ?? null, PLACE_RESET, event);
    // A pause may have come between looking and taking; its row says so, and the claim is undone.
    if (started.length === 0) throw notRunning;
    return claimed;
  }).catch((error: unknown) => {
    if (error === notRunning) return [];
    throw error;
  });
}

/** What the same request was given before, when its answer was lost. */
async function takeUp(sql: Sql, { requestId, groupId, workerId, leaseMs }: ClaimRequest): Promise<ClaimedTrial[]> {
  if (requestId === undefined) return [];
  await sql.$queryRawUnsafe(lockRequestSql, requestId);
  return sql.$queryRawUnsafe<ClaimedTrial[]>(takeUpTrialsSql, groupId, workerId, requestId, leaseMs);
}

/** Extends leases; what is not returned is no longer the caller's. */
export function renewLeases(database: Database, claims: readonly Claim[], leaseMs: number): Promise<Claim[]> {
  return database.prisma.$queryRawUnsafe<Claim[]>(renewLeasesSql, ...claimColumns(claims), leaseMs);
}

/** Hands claimed trials back; no attempt is counted, and the groups get new tokens. */
export function returnTrials(database: Database, claims: readonly Claim[], reason: string): Promise<void> {
  return transaction(database, async (sql) => {
    const held = await sql.$queryRawUnsafe<HeldTrial[]>(holdTrialsSql, ...claimColumns(claims));
    await settleTrials(sql, held, ({ failures, losses, lossesAlone, packLimit }) => ({
      next: { failures, losses, lossesAlone, packLimit, state: "pending", delayMs: 0 },
      end: { outcome: "returned", code: null, message: reason },
    }));
  });
}

/** Ends the attempts of a pack whose worker or child vanished: all of them are suspects. */
export function loseTrials(database: Database, claims: readonly Claim[], loss: Loss): Promise<void> {
  return transaction(database, async (sql) => {
    const held = await sql.$queryRawUnsafe<HeldTrial[]>(holdTrialsSql, ...claimColumns(claims));
    await settleTrials(sql, held, (trial, policy) => ({
      next: afterLoss(policy, trial, { ...loss, suspects: held.length }),
      end: { outcome: "lost", ...loss },
    }));
  });
}
