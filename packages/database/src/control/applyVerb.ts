import type { SweepVerb } from "@smoothsweep/contracts";
import type { VerbOutcome } from "@smoothsweep/sweeps";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { appendEvents } from "../store/appendEvents.ts";
import { endSweepIfDone } from "../store/endSweepIfDone.ts";
import { holdSweep } from "../store/holdSweep.ts";
import { transaction } from "../store/transaction.ts";
import { effects, type SimpleEffect } from "./effects.ts";
import { holdForVerb } from "./holdForVerb.ts";

/** Does to a sweep what the state table says. */
export function applyVerb(
  database: Database,
  sweepId: string,
  verb: Exclude<SweepVerb, "extend" | "delete">,
): Promise<VerbOutcome> {
  return transaction(database, async (sql) => {
    const { sweep, rule } = await holdForVerb(sql, sweepId, verb);
    if (rule.effect === "none") return outcomeOf(sql, sweepId, { changed: false, trials: 0 });
    const { trials } = await effects[rule.effect as SimpleEffect](sql, sweep);
    const changed = verb !== "retry" || trials > 0;
    if (changed) await tellChange(sql, sweepId, { verb, trials });
    return outcomeOf(sql, sweepId, { changed, trials });
  });
}

/** Writes what a verb did; ends the sweep when it left nothing to do. */
export async function tellChange(
  sql: Sql,
  sweepId: string,
  { verb, trials }: { verb: SweepVerb; trials: number },
): Promise<void> {
  const { state } = (await holdSweep(sql, sweepId))!;
  await appendEvents(sql, sweepId, [{ type: "sweep.changed", data: { verb, state, trials } }]);
  if (state === "cancelled" && verb === "cancel") {
    await appendEvents(sql, sweepId, [{ type: "sweep.ended", data: { state } }]);
  } else await endSweepIfDone(sql, sweepId);
}

/** The sweep as a verb left it. */
export async function outcomeOf(
  sql: Sql,
  sweepId: string,
  { changed, trials }: Pick<VerbOutcome, "changed" | "trials">,
): Promise<VerbOutcome> {
  const { state, isArchived } = (await holdSweep(sql, sweepId))!;
  return { state, isArchived, changed, trials };
}
