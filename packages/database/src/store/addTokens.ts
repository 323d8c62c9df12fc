import type { Sql } from "../connection/openDatabase.ts";
import { OUTBOX_CHANNEL } from "../sql/appendEvents.ts";
import { addTokensSql } from "../sql/outbox.ts";

/** Gives a group `count` new tokens and wakes the relays at commit. */
export async function addTokens(sql: Sql, group: { sweepId: string; groupId: string }, count: number): Promise<void> {
  await sql.$executeRawUnsafe(addTokensSql, group.sweepId, group.groupId, count);
  await wakeRelays(sql);
}

/** Wakes the relays when the transaction commits. */
export async function wakeRelays(sql: Sql): Promise<void> {
  await sql.$queryRawUnsafe("SELECT pg_notify($1, '')::text", OUTBOX_CHANNEL);
}
