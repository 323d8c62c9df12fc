import type { Claim, ClaimedTrial, ClaimRequest } from "@smoothsweep/sweeps";
import { tokenCount } from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";
import { claimTrialsSql } from "../sql/claimTrials.ts";
import { endAttemptSql, returnTrialsSql } from "../sql/endTrial.ts";
import { renewLeasesSql } from "../sql/renewLeases.ts";
import { addTokens } from "./addTokens.ts";
import { appendEvents } from "./appendEvents.ts";
import { transaction } from "./transaction.ts";

/** Hands out pending trials of a group with fencing tokens and leases. */
export function claimTrials(database: Database, request: ClaimRequest): Promise<ClaimedTrial[]> {
  const { groupId, limit, workerId, leaseMs } = request;
  return transaction(database, async (sql) => {
    const claimed = await sql.$queryRawUnsafe<ClaimedTrial[]>(claimTrialsSql, groupId, limit, workerId, leaseMs);
    const sweepId = claimed[0]?.sweepId;
    if (sweepId === undefined) return [];
    await sql.$executeRawUnsafe("UPDATE sweep SET started_at = coalesce(started_at, now()) WHERE id = $1", sweepId);
    const trialIds = claimed.map(({ trialId }) => trialId);
    await appendEvents(sql, sweepId, [{ type: "trials.started", data: { trialIds, workerId } }]);
    return claimed;
  });
}

/** Extends leases; what is not returned is no longer the caller's. */
export function renewLeases(database: Database, claims: readonly Claim[], leaseMs: number): Promise<Claim[]> {
  return database.prisma.$queryRawUnsafe<Claim[]>(renewLeasesSql, claimsJson(claims), leaseMs);
}

/** Hands claimed trials back; the groups get new tokens. */
export function returnTrials(database: Database, claims: readonly Claim[], reason: string): Promise<void> {
  return transaction(database, async (sql) => {
    type Returned = Claim & { sweepId: string; groupId: string };
    const returned = await sql.$queryRawUnsafe<Returned[]>(returnTrialsSql, claimsJson(claims));
    for (const { trialId, token } of returned) {
      await sql.$executeRawUnsafe(endAttemptSql, trialId, token, "returned", null, reason);
    }
    for (const [sweepId, trials] of groupBy(returned, (row) => row.sweepId)) {
      for (const [groupId, members] of groupBy(trials, (row) => row.groupId)) {
        await addTokens(sql, { sweepId, groupId }, tokenCount(members.length));
      }
      const trialIds = trials.map(({ trialId }) => trialId);
      await appendEvents(sql, sweepId, [{ type: "trials.returned", data: { trialIds, reason } }]);
    }
  });
}

function claimsJson(claims: readonly Claim[]): string {
  return JSON.stringify(claims.map(({ trialId, token }) => ({ trialId, token })));
}

/** Rows by key, keys in the order of their first row. */
export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
