import type { SweepEventBody } from "@smoothsweep/contracts";
import { type AcceptedResult, auditOf, type Claim, type RecordedReport } from "@smoothsweep/sweeps";
import { claimOn, owned } from "./claims.ts";
import { endIfDone } from "./endSweep.ts";
import { groupBy, sweepOf } from "./queries.ts";
import type { Tables, TrialRow } from "./tables.ts";

/** Accepts results of the attempts that own their trials: the only way a trained trial becomes completed. */
export function acceptResults(tables: Tables, results: readonly AcceptedResult[]): Claim[] {
  const given = results.flatMap((result) => owned(tables, [result]).map((trial) => ({ trial, result })));
  for (const { trial, result } of given) accept(tables, trial, result);
  for (const [sweepId, ended] of groupBy(given, ({ trial }) => trial.sweepId)) {
    tables.feed.append(sweepId, ended.map(completed));
    endIfDone(tables, sweepOf(tables, sweepId));
  }
  // Also those of before: asked again because the answer was lost.
  return results.flatMap(({ trialId, token }) => {
    const result = tables.trials.get(trialId)?.result;
    return result?.token === token ? [{ trialId, token }] : [];
  });
}

function accept(tables: Tables, trial: TrialRow, given: AcceptedResult): void {
  const { token, metrics, engine, provenance, seconds, reports, predictions } = given;
  for (const report of reports) keepReport(trial, report);
  const original = trial.auditOf === null ? null : (tables.trials.get(trial.auditOf)?.result ?? null);
  const { keep } = sweepOf(tables, trial.sweepId).spec.predictions;
  Object.assign(trial, {
    state: "completed",
    lease: null,
    endedAt: tables.now(),
    result: { token, metrics, engine, provenance, seconds, acceptedAt: tables.now() },
    predictions: keep === "none" ? [] : [...predictions],
    audit: original === null ? null : auditOf(original, { metrics, engine }),
  } satisfies Partial<TrialRow>);
}

function completed({ result: { trialId, metrics } }: { result: AcceptedResult }): SweepEventBody {
  return { type: "trial.completed", data: { trialId, accuracy: metrics.test.accuracy, ece: metrics.test.ece } };
}

/** Records epochs of attempts that own their trials, each once. */
export function recordReports(tables: Tables, reports: readonly RecordedReport[]): Claim[] {
  const given = reports.flatMap((told) => owned(tables, [told]).map((trial) => ({ trial, report: told.report })));
  const news = given.filter(({ trial, report }) => keepReport(trial, report));
  for (const [sweepId, told] of groupBy(news, ({ trial }) => trial.sweepId)) {
    const events = told.map(({ trial, report }) => ({
      type: "trial.reported" as const,
      data: { trialId: trial.id, report },
    }));
    tables.feed.append(sweepId, events);
  }
  return owned(tables, reports).map(claimOn);
}

/** @returns whether it is new */
function keepReport(trial: TrialRow, report: RecordedReport["report"]): boolean {
  const known = trial.reports.get(trial.token) ?? [];
  if (known.some(({ epoch }) => epoch === report.epoch)) return false;
  trial.reports.set(
    trial.token,
    [...known, report].toSorted((left, right) => left.epoch - right.epoch),
  );
  return true;
}
