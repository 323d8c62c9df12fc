import { type AcceptedResult, auditOf, type Claim, type Outcome } from "@smoothsweep/sweeps";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { acceptedBeforeSql, acceptResultsSql, holdForResultsSql } from "../sql/acceptResults.ts";
import { claimColumns } from "../sql/claimColumns.ts";
import { appendEvents } from "./appendEvents.ts";
import { endSweepIfDone } from "./endSweepIfDone.ts";
import { groupBy } from "./groupBy.ts";
import { transaction } from "./transaction.ts";

/** A trial whose row is locked, ready for its result. */
interface Held extends Claim {
  sweepId: string;
  auditOfId: string | null;
  keep: string | null;
}

type HeldResult = AcceptedResult & Held;

/**
 * Accepts results: trials, results, reports, predictions and events commit together. A pack's results come in one
 * transaction: a handful of statements and one sync of the log, however many there are.
 */
export function acceptResults(database: Database, results: readonly AcceptedResult[]): Promise<Claim[]> {
  return transaction(database, async (sql) => {
    const claims = claimColumns(results);
    const held = new Map(
      (await sql.$queryRawUnsafe<Held[]>(holdForResultsSql, ...claims)).map((row) => [row.trialId, row]),
    );
    const given = results.flatMap((result) => {
      const row = held.get(result.trialId);
      return row === undefined || row.token !== result.token ? [] : [{ ...result, ...row }];
    });
    if (given.length > 0) await writeResults(sql, given);
    if (given.length === results.length) return given.map(({ trialId, token }) => ({ trialId, token }));
    // Also those of before: asked again because the answer was lost.
    return sql.$queryRawUnsafe<Claim[]>(acceptedBeforeSql, ...claims);
  });
}

async function writeResults(sql: Sql, results: readonly HeldResult[]): Promise<void> {
  const rows = JSON.stringify(results.map(withoutPredictions));
  await sql.$executeRawUnsafe(acceptResultsSql, ...claimColumns(results), rows);
  await insertPredictions(
    sql,
    results.filter(({ keep }) => keep !== "none"),
  );
  for (const result of results) if (result.auditOfId !== null) await writeAudit(sql, result.auditOfId, result);
  for (const [sweepId, ended] of groupBy(results, (result) => result.sweepId)) {
    const events = ended.map(({ trialId, metrics }) => ({
      type: "trial.completed" as const,
      data: { trialId, accuracy: metrics.test.accuracy, ece: metrics.test.ece },
    }));
    await appendEvents(sql, sweepId, events);
    await endSweepIfDone(sql, sweepId);
  }
}

function withoutPredictions({ trialId, token, metrics, engine, provenance, seconds, reports }: AcceptedResult) {
  return { trialId, token, metrics, engine, provenance, seconds, reports };
}

async function insertPredictions(sql: Sql, results: readonly AcceptedResult[]): Promise<void> {
  const rows = results.flatMap(({ trialId, predictions }) =>
    predictions.map(({ split, rows: count, classCount, encoding, bytes }) => {
      return [trialId, split, count, classCount, encoding, bytes];
    }),
  );
  if (rows.length === 0) return;
  const places = rows.map(
    (row, index) => `(${row.map((_, column) => `$${row.length * index + column + 1}`).join(", ")})`,
  );
  await sql.$executeRawUnsafe(
    `INSERT INTO prediction (trial_id, split, rows, class_count, encoding, bytes) VALUES ${places.join(", ")}`,
    ...rows.flat(),
  );
}

/** Compares a repetition with the result that it repeats. */
async function writeAudit(sql: Sql, originalId: string, { trialId, metrics, engine }: AcceptedResult): Promise<void> {
  const [original] = await sql.$queryRawUnsafe<Outcome[]>(
    "SELECT metrics, engine FROM result WHERE trial_id = $1",
    originalId,
  );
  if (original === undefined) return;
  const audit = JSON.stringify(auditOf(original, { metrics, engine }));
  await sql.$executeRawUnsafe("UPDATE trial SET audit = $2::jsonb WHERE id = $1", trialId, audit);
}
