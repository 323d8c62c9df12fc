import { tokensFor, type WaitingGroup } from "@smoothsweep/sweeps";
import type { Sql } from "../connection/openDatabase.ts";
import { OUTBOX_CHANNEL } from "../sql/appendEvents.ts";
import { addTokensSql, linePositionSql, waitingGroupsSql } from "../sql/outbox.ts";

interface LinePosition {
  priority: number;
  servedPlace: number;
  newcomer: number;
}

async function linePosition(sql: Sql, sweepId: string): Promise<LinePosition> {
  const [position] = await sql.$queryRawUnsafe<LinePosition[]>(linePositionSql, sweepId);
  return position as LinePosition;
}

/**
 * Gives groups of a sweep tokens for trials that wait again, and wakes the relays at commit. They stand where the sweep
 * is being served. The caller holds the sweep's row, so that generations never collide.
 */
export async function addTokens(
  sql: Sql,
  sweepId: string,
  { groups, delayMs = 0 }: { groups: readonly WaitingGroup[]; delayMs?: number },
): Promise<void> {
  const { priority, servedPlace } = await linePosition(sql, sweepId);
  await insertTokens(sql, sweepId, { tokens: tokensFor(groups, { start: servedPlace, priority }), delayMs });
}

/** Gives every waiting group of a sweep that is in the line new tokens, where the sweep stands. */
export async function renewTokens(sql: Sql, sweepId: string): Promise<void> {
  await addTokens(sql, sweepId, { groups: await waitingGroups(sql, sweepId) });
}

function waitingGroups(sql: Sql, sweepId: string): Promise<WaitingGroup[]> {
  return sql.$queryRawUnsafe<WaitingGroup[]>(waitingGroupsSql, sweepId);
}

/**
 * Gives every waiting group of a sweep its tokens: a sweep that is new, comes back or got more trials lines up behind no
 * token that is not being served now.
 */
export async function lineUp(sql: Sql, sweepId: string): Promise<void> {
  const groups = await waitingGroups(sql, sweepId);
  const { priority, servedPlace, newcomer } = await linePosition(sql, sweepId);
  const start = Math.max(servedPlace, newcomer);
  await sql.$executeRawUnsafe("UPDATE sweep SET served_place = $2 WHERE id = $1", sweepId, start);
  await insertTokens(sql, sweepId, { tokens: tokensFor(groups, { start, priority }), delayMs: 0 });
}

async function insertTokens(
  sql: Sql,
  sweepId: string,
  { tokens, delayMs }: { tokens: ReturnType<typeof tokensFor>; delayMs: number },
): Promise<void> {
  if (tokens.length === 0) return;
  await sql.$executeRawUnsafe(addTokensSql, sweepId, JSON.stringify(tokens), delayMs);
  await sql.$queryRawUnsafe("SELECT pg_notify($1, '')::text", OUTBOX_CHANNEL);
}
