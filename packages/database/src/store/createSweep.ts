import { type PlannedSweep, type PlannedTrial, tokensFor } from "@smoothsweep/sweeps";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { insertTokensSql, insertTrialsSql } from "../sql/createSweep.ts";
import { wakeRelays } from "./addTokens.ts";
import { appendEvents } from "./appendEvents.ts";
import { transaction } from "./transaction.ts";

/** Rows of one INSERT: few round trips, and no statement of unbounded size. */
const ROWS_PER_INSERT = 2000;

/** Writes a sweep, its trials and the tokens its groups need, in one transaction. */
export function createSweep(database: Database, sweep: PlannedSweep): Promise<void> {
  return transaction(database, async (sql) => {
    await insertSweep(sql, sweep);
    for (const rows of chunks(sweep.trials.map((trial) => trialRow(sweep, trial)))) {
      await sql.$executeRawUnsafe(insertTrialsSql, sweep.id, JSON.stringify(rows));
    }
    for (const rows of chunks(tokensFor(sweep.trials))) {
      await sql.$executeRawUnsafe(insertTokensSql, sweep.id, JSON.stringify(rows));
    }
    const data = { asked: sweep.trials.length, distinct: sweep.distinct };
    await appendEvents(sql, sweep.id, [{ type: "sweep.created", data }]);
    await wakeRelays(sql);
  });
}

async function insertSweep(sql: Sql, sweep: PlannedSweep): Promise<void> {
  await sql.$executeRawUnsafe(
    `INSERT INTO sweep (id, name, description, spec_hash, spec, snapshot, trials_asked, trials_distinct)
     VALUES ($1, $2, $3, $4, $5::json, $6::jsonb, $7, $8)`,
    sweep.id,
    sweep.spec.name,
    sweep.spec.description,
    sweep.specHash,
    JSON.stringify(sweep.spec),
    JSON.stringify(sweep.snapshot),
    sweep.trials.length,
    sweep.distinct,
  );
}

function trialRow(sweep: PlannedSweep, trial: PlannedTrial): Record<string, unknown> {
  const { cell, ...own } = trial;
  return {
    ...own,
    cellId: cell.id,
    cell: cell.values,
    plan: cell.plan,
    planSummary: cell.planSummary,
    model: sweep.spec.model,
    training: cell.settings.training,
  };
}

function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) yield rows.slice(start, start + ROWS_PER_INSERT);
}
