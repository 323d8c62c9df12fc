import type { EpochReport, TrialState } from "@smoothsweep/contracts";
import type { AcceptedResult, Claim, Failure } from "@smoothsweep/sweeps";
import type { Database, Sql } from "../connection/openDatabase.ts";
import { completeTrialSql, endAttemptSql, failTrialSql } from "../sql/endTrial.ts";
import { holdTrialSql, recordReportsSql } from "../sql/recordReports.ts";
import { addTokens } from "./addTokens.ts";
import { appendEvents } from "./appendEvents.ts";
import { endSweepIfDone } from "./endSweepIfDone.ts";
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
    const [completed] = await sql.$queryRawUnsafe<{ sweepId: string }[]>(completeTrialSql, trialId, token);
    if (completed === undefined) throw staleAttempt(result);
    await insertResult(sql, result);
    await sql.$executeRawUnsafe(recordReportsSql, trialId, token, JSON.stringify(reports));
    await insertPredictions(sql, result);
    await sql.$executeRawUnsafe(endAttemptSql, trialId, token, "completed", null, null);
    const data = { trialId, accuracy: metrics.test.accuracy, ece: metrics.test.ece };
    await appendEvents(sql, completed.sweepId, [{ type: "trial.completed", data }]);
    await endSweepIfDone(sql, completed.sweepId);
  });
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

/** Ends an attempt without a result; the trial waits again or has failed. */
export function failTrial(database: Database, failure: Failure): Promise<TrialState> {
  const { trialId, token, code, message, retryable } = failure;
  return transaction(database, async (sql) => {
    type Moved = { state: TrialState; sweepId: string; groupId: string };
    const [moved] = await sql.$queryRawUnsafe<Moved[]>(failTrialSql, trialId, token, retryable, code, message);
    if (moved === undefined) throw staleAttempt(failure);
    await sql.$executeRawUnsafe(endAttemptSql, trialId, token, "failed", code, message);
    if (moved.state === "pending") {
      await addTokens(sql, moved, 1);
      await appendEvents(sql, moved.sweepId, [
        { type: "trials.returned", data: { trialIds: [trialId], reason: code } },
      ]);
    } else {
      await appendEvents(sql, moved.sweepId, [{ type: "trial.failed", data: { trialId, code, message } }]);
      await endSweepIfDone(sql, moved.sweepId);
    }
    return moved.state;
  });
}
