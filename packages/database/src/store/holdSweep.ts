import type { SweepState } from "@smoothsweep/contracts";
import type { Sql } from "../connection/openDatabase.ts";

export interface HeldSweep {
  id: string;
  name: string;
  state: SweepState;
  isArchived: boolean;
  lastEventId: number;
}

/** Locks a sweep's row until the transaction ends. Lock trials first. @returns undefined when there is none */
export async function holdSweep(sql: Sql, sweepId: string): Promise<HeldSweep | undefined> {
  const [sweep] = await sql.$queryRawUnsafe<HeldSweep[]>(
    `SELECT id, name, state::text AS state, archived_at IS NOT NULL AS "isArchived", last_event_id AS "lastEventId"
     FROM sweep WHERE id = $1 FOR NO KEY UPDATE`,
    sweepId,
  );
  return sweep;
}
