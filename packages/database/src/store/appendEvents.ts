import type { SweepEventBody } from "@smoothsweep/contracts";
import type { Sql } from "../connection/openDatabase.ts";
import { appendEventsSql } from "../sql/appendEvents.ts";

/** Adds events in the caller's transaction. Takes the sweep's row: lock trials first, sweeps last. */
export async function appendEvents(sql: Sql, sweepId: string, events: readonly SweepEventBody[]): Promise<void> {
  if (events.length > 0) await sql.$queryRawUnsafe(appendEventsSql, sweepId, JSON.stringify(events));
}
