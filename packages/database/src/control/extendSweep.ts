import type { ExtensionOutcome, ExtensionPreview, PlannedExtension, PlannedTrial } from "@smoothsweep/sweeps";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { countReusableSql } from "../sql/reuseResults.ts";
import { setStateSql } from "../sql/verbs.ts";
import { lineUp } from "../store/addTokens.ts";
import { appendEvents } from "../store/appendEvents.ts";
import { endSweepIfDone } from "../store/endSweepIfDone.ts";
import type { HeldSweep } from "../store/holdSweep.ts";
import { reuseResults } from "../store/reuseResults.ts";
import { transaction } from "../store/transaction.ts";
import { writeTrials } from "../store/writeTrials.ts";
import { outcomeOf } from "./applyVerb.ts";
import { holdForVerb } from "./holdForVerb.ts";
import { type ExtensionInput, planOnto, type SweepBefore } from "./planOnto.ts";

/** Another extension came between planning and writing. */
const OVERTAKEN = Symbol("the sweep was extended meanwhile");

/** Adds the trials that an extension asks for and the sweep has not got; planned again when another one was faster. */
export async function extendSweep(database: Database, input: ExtensionInput): Promise<ExtensionOutcome> {
  for (;;) {
    const plan = await planOnto(database, input);
    const outcome = await transaction(database, (sql) => writeExtension(sql, plan)).catch((error: unknown) => {
      if (error !== OVERTAKEN) throw error;
      return undefined;
    });
    if (outcome !== undefined) return outcome;
  }
}

/** What an extension would add now. */
export async function previewExtension(database: Database, input: ExtensionInput): Promise<ExtensionPreview> {
  const { planned } = await planOnto(database, input);
  const distinct = distinctOf(planned);
  const fingerprints = planned.spec.cache === "off" ? [] : distinct.map(({ fingerprint }) => fingerprint);
  const [row] = await database.prisma.$queryRawUnsafe<{ reusable: number }[]>(
    countReusableSql,
    input.sweepId,
    fingerprints,
  );
  return { added: planned.trials.length, distinct: distinct.length, reusable: row?.reusable ?? 0 };
}

function distinctOf({ trials }: PlannedExtension): PlannedTrial[] {
  return trials.filter(({ representativeId }) => representativeId === null);
}

async function writeExtension(
  sql: Sql,
  { planned, before }: { planned: PlannedExtension; before: SweepBefore },
): Promise<ExtensionOutcome> {
  const sweepId = before.id;
  const { sweep } = await holdForVerb(sql, sweepId, "extend");
  const added = planned.trials.length;
  if (added === 0) return { ...(await outcomeOf(sql, sweepId, { changed: false, trials: 0 })), added, reused: 0 };
  const updated = await sql.$executeRawUnsafe(
    `UPDATE sweep SET spec = $2::json, spec_hash = $3, trials_asked = trials_asked + $4,
       trials_distinct = trials_distinct + $5 WHERE id = $1 AND spec_hash = $6`,
    sweepId,
    JSON.stringify(planned.spec),
    planned.specHash,
    added,
    distinctOf(planned).length,
    before.specHash,
  );
  if (updated === 0) throw OVERTAKEN;
  await writeTrials(sql, { id: sweepId, spec: planned.spec }, planned);
  const firstOrdinal = planned.trials[0]!.ordinal;
  const reused = await reuseResults(sql, { sweepId, spec: planned.spec, firstOrdinal });
  await goOn(sql, sweep, { added, reused });
  return { ...(await outcomeOf(sql, sweepId, { changed: true, trials: added })), added, reused };
}

/** A sweep that had ended runs again; when every new trial was reused, it ends again at once. */
async function goOn(sql: Sql, { id, state }: HeldSweep, counts: { added: number; reused: number }): Promise<void> {
  if (state !== "paused") await sql.$executeRawUnsafe(setStateSql, id, "running");
  if (state !== "paused") await lineUp(sql, id);
  const [total] = await sql.$queryRawUnsafe<{ asked: number; distinct: number }[]>(
    `SELECT trials_asked AS asked, trials_distinct AS "distinct" FROM sweep WHERE id = $1`,
    id,
  );
  await appendEvents(sql, id, [{ type: "sweep.extended", data: { ...total!, ...counts } }]);
  await endSweepIfDone(sql, id);
}
