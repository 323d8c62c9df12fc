import type { TrialState } from "@smoothsweep/contracts";
import { afterFailure, type Claim, type Failure, type RecordedReport } from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";
import { claimColumns } from "../sql/claimColumns.ts";
import { recordReportsSql } from "../sql/recordReports.ts";
import { holdTrialsSql } from "../sql/settleTrials.ts";
import { appendEvents } from "./appendEvents.ts";
import { groupBy } from "./groupBy.ts";
import { type HeldTrial, settleTrials } from "./settleTrials.ts";
import { staleAttempt } from "./staleAttempt.ts";
import { transaction } from "./transaction.ts";

/** Records epochs of attempts that still own their trials. */
export function recordReports(database: Database, reports: readonly RecordedReport[]): Promise<Claim[]> {
  const epochs = [...new Map(reports.map((told) => [`${attemptOf(told)} ${told.report.epoch}`, told])).values()];
  const claims = [...new Map(reports.map((told) => [attemptOf(told), told])).values()];
  return transaction(database, async (sql) => {
    const held = await sql.$queryRawUnsafe<HeldTrial[]>(holdTrialsSql, ...claimColumns(claims));
    const attempts = new Set(held.map(attemptOf));
    const sweeps = new Map(held.map(({ trialId, sweepId }) => [trialId, sweepId]));
    const given = epochs.filter((told) => attempts.has(attemptOf(told)));
    const added = await sql.$queryRawUnsafe<{ trialId: string; epoch: number }[]>(
      recordReportsSql,
      JSON.stringify(given.map(({ trialId, token, report }) => ({ trialId, token, report }))),
    );
    const isNew = new Set(added.map(({ trialId, epoch }) => `${trialId} ${epoch}`));
    const news = given.filter(({ trialId, report }) => isNew.has(`${trialId} ${report.epoch}`));
    for (const [sweepId, told] of groupBy(news, ({ trialId }) => sweeps.get(trialId) as string)) {
      const events = told.map(({ trialId, report }) => ({
        type: "trial.reported" as const,
        data: { trialId, report },
      }));
      await appendEvents(sql, sweepId, events);
    }
    return held.map(({ trialId, token }) => ({ trialId, token }));
  });
}

function attemptOf({ trialId, token }: Claim): string {
  return `${trialId} ${token}`;
}

/** Ends an attempt that reported a failure; the trial waits again or has failed. */
export function failTrial(database: Database, failure: Failure): Promise<TrialState> {
  const { code, message } = failure;
  return transaction(database, async (sql) => {
    const held = await sql.$queryRawUnsafe<HeldTrial[]>(holdTrialsSql, ...claimColumns([failure]));
    if (held.length === 0) throw staleAttempt(failure);
    const states = await settleTrials(sql, held, (trial, policy) => ({
      next: afterFailure(policy, trial, failure),
      end: { outcome: "failed", code, message },
    }));
    return states.get(failure.trialId) as TrialState;
  });
}
