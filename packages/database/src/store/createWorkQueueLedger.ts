import type { SweepEventBody } from "@smoothsweep/contracts";
import { type Mended, type OutboxToken, tokenCount, type WorkQueueLedger } from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";
import { expireLeasesSql, orphanedGroupsSql, sweepsWithExpiredLeasesSql } from "../sql/mend.ts";
import { markSentSql, takeTokensSql } from "../sql/outbox.ts";
import { addTokens } from "./addTokens.ts";
import { appendEvents } from "./appendEvents.ts";
import { groupBy } from "./claims.ts";
import { endSweepIfDone } from "./endSweepIfDone.ts";
import { transaction } from "./transaction.ts";

/** The port {@link WorkQueueLedger} on PostgreSQL. */
export function createWorkQueueLedger(database: Database): WorkQueueLedger {
  return {
    relayOutbox: (limit, send) => relayOutbox(database, limit, send),
    mend: async (orphanAfterMs) => ({
      expired: await expireLeases(database),
      orphanedGroups: await adoptOrphans(database, orphanAfterMs),
    }),
  };
}

/** The tokens stay locked while they are sent: if sending fails, the transaction rolls back and nothing is marked. */
function relayOutbox(
  database: Database,
  limit: number,
  send: (tokens: readonly OutboxToken[]) => Promise<void>,
): Promise<number> {
  return transaction(database, async (sql) => {
    const tokens = await sql.$queryRawUnsafe<OutboxToken[]>(takeTokensSql, limit);
    if (tokens.length === 0) return 0;
    await send(tokens);
    await sql.$executeRawUnsafe(
      markSentSql,
      tokens.map(({ id }) => id),
    );
    return tokens.length;
  });
}

async function expireLeases(database: Database): Promise<Mended["expired"]> {
  const sweeps = await database.prisma.$queryRawUnsafe<{ sweepId: string }[]>(sweepsWithExpiredLeasesSql);
  let expired = 0;
  for (const { sweepId } of sweeps) expired += await expireLeasesOf(database, sweepId);
  return expired;
}

interface ExpiredTrial {
  trialId: string;
  groupId: string;
  state: "pending" | "failed";
  message: string | null;
}

function expireLeasesOf(database: Database, sweepId: string): Promise<number> {
  return transaction(database, async (sql) => {
    const expired = await sql.$queryRawUnsafe<ExpiredTrial[]>(expireLeasesSql, sweepId);
    const waiting = expired.filter(({ state }) => state === "pending");
    for (const [groupId, trials] of groupBy(waiting, (trial) => trial.groupId)) {
      await addTokens(sql, { sweepId, groupId }, tokenCount(trials.length));
    }
    await appendEvents(sql, sweepId, expiryEvents(expired));
    await endSweepIfDone(sql, sweepId);
    return expired.length;
  });
}

function expiryEvents(expired: readonly ExpiredTrial[]): SweepEventBody[] {
  const trialIds = expired.filter(({ state }) => state === "pending").map(({ trialId }) => trialId);
  const failures = expired.filter(({ state }) => state === "failed");
  return [
    ...(trialIds.length > 0 ? [{ type: "trials.returned" as const, data: { trialIds, reason: "worker_lost" } }] : []),
    ...failures.map(({ trialId, message }) => ({
      type: "trial.failed" as const,
      data: { trialId, code: "attempts_exhausted", message: message ?? "" },
    })),
  ];
}

async function adoptOrphans(database: Database, orphanAfterMs: number): Promise<number> {
  return transaction(database, async (sql) => {
    type Orphan = { sweepId: string; groupId: string; pending: number };
    const orphans = await sql.$queryRawUnsafe<Orphan[]>(orphanedGroupsSql, orphanAfterMs);
    for (const orphan of orphans) await addTokens(sql, orphan, tokenCount(orphan.pending));
    return orphans.length;
  });
}
