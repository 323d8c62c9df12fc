import type { SweepState } from "@smoothsweep/contracts";
import {
  afterLoss,
  type Mended,
  type OutboxToken,
  type Patience,
  PLACE_RESET,
  type WaitingGroup,
  type WorkQueueLedger,
} from "@smoothsweep/sweeps";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { lockLineSql, orphanedGroupsSql, recountLineSql } from "../sql/mend.ts";
import { lineSql, markSentSql, takeTokensSql } from "../sql/outbox.ts";
import { holdExpiredSql, sweepsWithExpiredLeasesSql } from "../sql/settleTrials.ts";
import { addTokens, renewTokens } from "./addTokens.ts";
import { groupBy } from "./groupBy.ts";
import { holdSweep } from "./holdSweep.ts";
import { type HeldTrial, settleTrials } from "./settleTrials.ts";
import { transaction } from "./transaction.ts";

/** The port {@link WorkQueueLedger} on PostgreSQL. */
export function createWorkQueueLedger(database: Database): WorkQueueLedger {
  return {
    relayOutbox: (limit, send) => relayOutbox(database, limit, send),
    mend: async (patience) => {
      const expired = patience.areLeasesStale ? 0 : await expireLeases(database);
      await recountLine(database);
      return { expired, orphanedGroups: await adoptOrphans(database, patience) };
    },
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

const EXPIRED = { code: "worker_lost", message: "the lease expired" };

/** Trials of one group that one worker let expire were a pack: each may be what took the worker down. */
function expireLeasesOf(database: Database, sweepId: string): Promise<number> {
  type Expired = HeldTrial & { workerId: string };
  return transaction(database, async (sql) => {
    const held = await sql.$queryRawUnsafe<Expired[]>(holdExpiredSql, sweepId);
    const packOf = ({ workerId, groupId }: Expired) => `${workerId} ${groupId}`;
    const packs = groupBy(held, packOf);
    await settleTrials(sql, held, (trial, policy) => ({
      next: afterLoss(policy, trial, { ...EXPIRED, suspects: packs.get(packOf(trial))!.length }),
      end: { outcome: "lost", ...EXPIRED },
    }));
    return held.length;
  });
}

type Orphan = WaitingGroup & { sweepId: string };

/** @param sweepId undefined for all sweeps */
function findOrphans(sql: Sql, { orphanAfterMs, isQueueEmpty = false }: Patience, sweepId?: string): Promise<Orphan[]> {
  return sql.$queryRawUnsafe<Orphan[]>(orphanedGroupsSql, orphanAfterMs, isQueueEmpty, sweepId ?? null);
}

async function adoptOrphans(database: Database, patience: Patience): Promise<number> {
  const orphans = await findOrphans(database.prisma, patience);
  let adopted = 0;
  for (const sweepId of groupBy(orphans, (orphan) => orphan.sweepId).keys()) {
    adopted += await transaction(database, (sql) => adoptOrphansOf(sql, sweepId, patience));
  }
  return adopted;
}

/** Looks again when the sweep is held: meanwhile it may have been ended or deleted, or called for by somebody else. */
async function adoptOrphansOf(sql: Sql, sweepId: string, patience: Patience): Promise<number> {
  if ((await holdSweep(sql, sweepId)) === undefined) return 0;
  const groups = await findOrphans(sql, patience, sweepId);
  if (groups.length > 0) await addTokens(sql, sweepId, { groups });
  return groups.length;
}

/** Places cannot grow for ever: when the line has come far, it is counted anew, and who waits gets new tokens. */
async function recountLine(database: Database): Promise<void> {
  if ((await linePlace(database.prisma)) <= PLACE_RESET) return;
  await transaction(database, async (sql) => {
    await sql.$queryRawUnsafe(lockLineSql);
    // Another reconciler may have been faster.
    const place = await linePlace(sql);
    if (place <= PLACE_RESET) return;
    const sweeps = await sql.$queryRawUnsafe<{ sweepId: string; state: SweepState }[]>(recountLineSql, place);
    for (const { sweepId, state } of sweeps) if (state === "running") await renewTokens(sql, sweepId);
  });
}

/** How far the line has come. */
async function linePlace(sql: Sql): Promise<number> {
  const [line] = await sql.$queryRawUnsafe<{ place: number }[]>(lineSql);
  return line?.place ?? 0;
}
