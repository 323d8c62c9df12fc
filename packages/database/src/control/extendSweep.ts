import type { SweepSpec } from "@smoothsweep/contracts";
import {
  type DatasetCatalogue,
  type ExtensionOutcome,
  extendSpec,
  type KnownTrial,
  type PlannedExtension,
  planExtension,
  type SlicedPlanningTools,
  type SnapshotDescription,
  type SweepExtension,
} from "@smoothsweep/sweeps";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { setStateSql } from "../sql/verbs.ts";
import { lineUp } from "../store/addTokens.ts";
import { appendEvents } from "../store/appendEvents.ts";
import { endSweepIfDone } from "../store/endSweepIfDone.ts";
import type { HeldSweep } from "../store/holdSweep.ts";
import { notFound } from "../store/reads.ts";
import { reuseResults } from "../store/reuseResults.ts";
import { transaction } from "../store/transaction.ts";
import { writeTrials } from "../store/writeTrials.ts";
import { outcomeOf } from "./applyVerb.ts";
import { holdForVerb } from "./holdForVerb.ts";

/** What extending needs besides the database. */
export interface ExtensionTools extends SlicedPlanningTools {
  catalogue: DatasetCatalogue;
}

/** Another extension came between planning and writing. */
const OVERTAKEN = Symbol("the sweep was extended meanwhile");

/**
 * Adds the trials that an extension asks for and the sweep has not got. Planning takes seconds for 100,000 trials, so it
 * happens before anything is locked, and again when another extension was faster.
 */
export async function extendSweep(
  database: Database,
  { sweepId, extension, tools }: { sweepId: string; extension: SweepExtension; tools: ExtensionTools },
): Promise<ExtensionOutcome> {
  for (;;) {
    const before = await readSweep(database, sweepId);
    const spec = extendSpec(before.spec, extension, tools.catalogue);
    const planned = await planExtension({ id: sweepId, ...before }, spec, tools);
    const outcome = await transaction(database, (sql) => writeExtension(sql, { sweepId, planned, before })).catch(
      (error: unknown) => {
        if (error !== OVERTAKEN) throw error;
        return undefined;
      },
    );
    if (outcome !== undefined) return outcome;
  }
}

interface SweepBefore {
  spec: SweepSpec;
  snapshot: SnapshotDescription;
  specHash: string;
  known: KnownTrial[];
}

async function readSweep({ prisma }: Database, sweepId: string): Promise<SweepBefore> {
  type Row = Omit<SweepBefore, "known">;
  const [row] = await prisma.$queryRawUnsafe<Row[]>(
    `SELECT spec, snapshot, spec_hash AS "specHash" FROM sweep WHERE id = $1`,
    sweepId,
  );
  if (row === undefined) throw notFound("sweep", sweepId);
  const known = await prisma.$queryRawUnsafe<KnownTrial[]>(
    `SELECT id, ordinal, cell_id AS "cellId", seed::float8 AS seed, fingerprint, representative_id AS "representativeId"
     FROM trial WHERE sweep_id = $1`,
    sweepId,
  );
  return { ...row, known };
}

interface ExtensionWrite {
  sweepId: string;
  planned: PlannedExtension;
  before: SweepBefore;
}

async function writeExtension(sql: Sql, { sweepId, planned, before }: ExtensionWrite): Promise<ExtensionOutcome> {
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
    planned.trials.filter(({ representativeId }) => representativeId === null).length,
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
