import type { EpochReport, TrialState } from "@smoothsweep/contracts";
import {
  type AcceptedResult,
  afterFailure,
  auditOf,
  type Claim,
  type Failure,
  type Outcome,
} from "@smoothsweep/sweeps";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { completeAttemptSql, completeTrialSql } from "../sql/endTrial.ts";
import { holdTrialSql, recordReportsSql } from "../sql/recordReports.ts";
import { holdTrialsSql } from "../sql/settleTrials.ts";
import { appendEvents } from "./appendEvents.ts";
import { claimsJson } from "./claims.ts";
import { endSweepIfDone } from "./endSweepIfDone.ts";
import { type HeldTrial, settleTrials } from "./settleTrials.ts";
import { staleAttempt } from "./staleAttempt.ts";
import { transaction } from "./transaction.ts";

/** Records one epoch of an attempt that still owns its trial. */
export function recordReport(database: Database, claim: Claim, report: EpochReport): Promise<void> {
  const { trialId, token } = claim;
  return transaction(database, async (sql) => {
    const [held] = await sql.$queryRawUnsafe<{ sweepId: string }[]>(holdTrialSql, trialId, token);
    if (held === undefined) throw staleAttempt(claim);
    const added = await sql.$executeRawUnsafe(recordReportsSql, trialId, token, JSON.stringify([report]));
    if (added > 0) await appendEvents(sql, held.sweepId, [{ type: "trial.reported", data: { trialId, report } }]);
  });
}

/** Accepts a result: trial, result, reports, predictions and event commit together, or the attempt is stale. */
export function acceptResult(database: Database, result: AcceptedResult): Promise<void> {
  const { trialId, token, metrics, reports } = result;
  return transaction(database, async (sql) => {
    type Completed = { sweepId: string; auditOfId: string | null; keep: string | null };
    const [completed] = await sql.$queryRawUnsafe<Completed[]>(completeTrialSql, trialId, token);
    if (completed === undefined) throw staleAttempt(result);
    await insertResult(sql, result);
    await sql.$executeRawUnsafe(recordReportsSql, trialId, token, JSON.stringify(reports));
    if (completed.keep !== "none") await insertPredictions(sql, result);
    if (completed.auditOfId !== null) await writeAudit(sql, completed.auditOfId, result);
    await sql.$executeRawUnsafe(completeAttemptSql, trialId, token);
    const data = { trialId, accuracy: metrics.test.accuracy, ece: metrics.test.ece };
    await appendEvents(sql, completed.sweepId, [{ type: "trial.completed", data }]);
    await endSweepIfDone(sql, completed.sweepId);
  });
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

async function insertResult(
  sql: Sql,
  { trialId, token, metrics, engine, provenance, seconds }: AcceptedResult,
): Promise<void> {
  await sql.$executeRawUnsafe(
    `INSERT INTO result (trial_id, token, metrics, accuracy, nll, ece, scaled_ece, engine, provenance, seconds)
     VALUES ($1, $2, $3::jsonb, $4, $5, $6, $7, $8::jsonb, $9::jsonb, $10)`,
    trialId,
    token,
    JSON.stringify(metrics),
    metrics.test.accuracy,
    metrics.test.nll,
    metrics.test.ece,
    metrics.scaledTest.ece,
    JSON.stringify(engine),
    JSON.stringify(provenance),
    seconds,
  );
}

async function insertPredictions(sql: Sql, { trialId, predictions }: AcceptedResult): Promise<void> {
  for (const { split, rows, classCount, encoding, bytes } of predictions) {
    await sql.$executeRawUnsafe(
      `INSERT INTO prediction (trial_id, split, rows, class_count, encoding, bytes) VALUES ($1, $2, $3, $4, $5, $6)`,
      trialId,
      split,
      rows,
      classCount,
      encoding,
      bytes,
    );
  }
}

/** Ends an attempt that reported a failure; the trial waits again or has failed. */
export function failTrial(database: Database, failure: Failure): Promise<TrialState> {
  const { code, message } = failure;
  return transaction(database, async (sql) => {
    const held = await sql.$queryRawUnsafe<HeldTrial[]>(holdTrialsSql, claimsJson([failure]));
    if (held.length === 0) throw staleAttempt(failure);
    const states = await settleTrials(sql, held, (trial, policy) => ({
      next: afterFailure(policy, trial, failure),
      end: { outcome: "failed", code, message },
    }));
    return states.get(failure.trialId) as TrialState;
  });
}
