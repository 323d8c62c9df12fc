import type { SweepState } from "@smoothsweep/contracts";
import type { Sql } from "../connection/openDatabase.ts";
import { endSweepSql } from "../sql/endSweep.ts";
import { appendEvents } from "./appendEvents.ts";

/** Ends the sweep in the transaction that made its last trial terminal. Call after {@link appendEvents}. */
export async function endSweepIfDone(sql: Sql, sweepId: string): Promise<void> {
  const ended = await sql.$queryRawUnsafe<{ state: SweepState }[]>(endSweepSql, sweepId);
  for (const { state } of ended) await appendEvents(sql, sweepId, [{ type: "sweep.ended", data: { state } }]);
}
