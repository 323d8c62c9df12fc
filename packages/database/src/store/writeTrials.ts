import type { SweepSpec } from "@smoothsweep/contracts";
import type { PlannedCell, PlannedTrial } from "@smoothsweep/sweeps";
import type { Sql } from "../connection/openDatabase.ts";
import { insertCellsSql, insertTrialsSql } from "../sql/createSweep.ts";

/** Rows of one INSERT: few round trips, and no statement that keeps the event loop or the server busy for long. */
const ROWS_PER_INSERT = 2000;

/** Writes cells and trials of a sweep. */
export async function writeTrials(
  sql: Sql,
  sweep: { id: string; spec: SweepSpec },
  { cells, trials }: { cells: readonly PlannedCell[]; trials: readonly PlannedTrial[] },
): Promise<void> {
  for (const rows of chunks(cells)) {
    await sql.$executeRawUnsafe(
      insertCellsSql,
      sweep.id,
      JSON.stringify(rows.map((cell) => cellRow(sweep.spec, cell))),
    );
  }
  for (const rows of chunks(trials)) {
    await sql.$executeRawUnsafe(insertTrialsSql, sweep.id, JSON.stringify(rows.map(trialRow)));
  }
}

function cellRow({ model }: SweepSpec, { id, values, plan, planSummary, settings }: PlannedCell) {
  return { id, values, plan, planSummary, model, training: settings.training };
}

function trialRow({ cell, ...own }: PlannedTrial) {
  return { ...own, cellId: cell.id };
}

function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) yield rows.slice(start, start + ROWS_PER_INSERT);
}
