import type { SweepState } from "@smoothsweep/contracts";
import type { VerbEffect } from "@smoothsweep/sweeps";
import type { Sql } from "../connection/openDatabase.ts";
import { REVOCATION_CHANNEL } from "../sql/appendEvents.ts";
import { cancelTrialsSql, retryTrialsSql, setStateSql } from "../sql/verbs.ts";
import { lineUp } from "../store/addTokens.ts";
import type { HeldSweep } from "../store/holdSweep.ts";

/** Does what a verb does to a sweep whose row, and for `stop` and `cancel` whose open trials, the transaction holds. */
type Effect = (sql: Sql, sweep: HeldSweep) => Promise<{ trials: number }>;

/** Effects that need no more than the sweep. */
export type SimpleEffect = Exclude<VerbEffect, "extend" | "delete">;

export const effects: Readonly<Record<SimpleEffect, Effect>> = {
  pause: async (sql, { id }) => {
    await setState(sql, id, "paused");
    return { trials: 0 };
  },
  resume: async (sql, { id }) => {
    await setState(sql, id, "running");
    // Its tokens were served in vain while it was paused.
    await lineUp(sql, id);
    return { trials: 0 };
  },
  stop: async (sql, { id }) => {
    const why = { code: "sweep_stopped", message: "the sweep was stopped before the trial ran" };
    const trials = await cancelTrials(sql, id, { states: ["pending"], ...why });
    await setState(sql, id, "stopping");
    return { trials };
  },
  cancel: async (sql, { id }) => {
    const why = { code: "sweep_cancelled", message: "the sweep was cancelled" };
    const trials = await cancelTrials(sql, id, { states: ["pending", "running"], ...why });
    await setState(sql, id, "cancelled");
    await sql.$queryRawUnsafe("SELECT pg_notify($1, $2)::text", REVOCATION_CHANNEL, id);
    return { trials };
  },
  retry: async (sql, { id, state }) => {
    const [row] = await sql.$queryRawUnsafe<{ trials: number }[]>(retryTrialsSql, id);
    const trials = row?.trials ?? 0;
    if (trials === 0) return { trials };
    if (state !== "paused") await setState(sql, id, "running");
    if (state !== "paused") await lineUp(sql, id);
    return { trials };
  },
  archive: async (sql, { id }) => {
    await sql.$executeRawUnsafe("UPDATE sweep SET archived_at = now() WHERE id = $1", id);
    return { trials: 0 };
  },
  unarchive: async (sql, { id }) => {
    await sql.$executeRawUnsafe("UPDATE sweep SET archived_at = NULL WHERE id = $1", id);
    return { trials: 0 };
  },
};

async function setState(sql: Sql, sweepId: string, state: SweepState): Promise<void> {
  await sql.$executeRawUnsafe(setStateSql, sweepId, state);
}

async function cancelTrials(
  sql: Sql,
  sweepId: string,
  { states, code, message }: { states: readonly ("pending" | "running")[]; code: string; message: string },
): Promise<number> {
  const [row] = await sql.$queryRawUnsafe<{ trials: number }[]>(cancelTrialsSql, sweepId, states, code, message);
  return row?.trials ?? 0;
}
