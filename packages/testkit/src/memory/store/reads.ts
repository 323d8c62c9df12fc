import type { SweepDetail, SweepSummary, Trial, TrialDetail } from "@smoothsweep/contracts";
import { type CellTrial, canonicalJson, offeredVerbs, progressOf, refusedVerbs } from "@smoothsweep/sweeps";
import { countsOf, originOf, ownerOf, sweepOf, trainedOf, trialOf } from "./queries.ts";
import type { Moment, SweepRow, Tables, TrialRow } from "./tables.ts";

/** One sweep with its specification. */
export function getSweep(tables: Tables, sweepId: string): SweepDetail {
  const sweep = sweepOf(tables, sweepId);
  const { spec, snapshot, state, archivedAt } = sweep;
  const isArchived = archivedAt !== null;
  return {
    ...{ ...summaryOf(tables, sweep), spec, snapshot, lastEventId: tables.feed.newestId(sweepId) },
    ...{ verbs: offeredVerbs(state, isArchived), refusals: refusedVerbs(state, isArchived) },
  };
}

/** A sweep with what its trials came to so far. */
export function summaryOf(tables: Tables, sweep: SweepRow): SweepSummary {
  const trained = trainedOf(tables, sweep.id);
  const counts = countsOf(tables, sweep.id);
  const engines = trained.flatMap(({ result }) => (result === null ? [] : [result.engine]));
  const verdicts = (verdict: string) => trained.filter(({ audit }) => audit?.verdict === verdict).length;
  const { id, spec, state, specHash, startedAt, endedAt } = sweep;
  const elapsed = startedAt === null ? null : ((endedAt ?? tables.now()) - startedAt) / 1000;
  return {
    ...{ id, name: spec.name, description: spec.description, state, specHash, dataset: spec.data.dataset, counts },
    reused: trained.filter(({ reusedFrom }) => reusedFrom !== null).length,
    audits: { identical: verdicts("identical"), close: verdicts("close"), different: verdicts("different") },
    priority: spec.priority,
    progress: progressOf(counts, elapsed),
    engines: [...new Map(engines.map((engine) => [canonicalJson(engine), engine])).values()],
    createdAt: textOf(sweep.createdAt)!,
    ...{ startedAt: textOf(startedAt), endedAt: textOf(endedAt), archivedAt: textOf(sweep.archivedAt) },
  };
}

/** One trial with the reports of the attempt that made its result, or else of its newest one. */
export function getTrial(tables: Tables, trialId: string): TrialDetail {
  const trial = trialOf(tables, trialId);
  const owner = ownerOf(tables, trial);
  const reports = originOf(tables, trial).reports.get(owner.result?.token ?? owner.token) ?? [];
  return { ...shown(tables, trial), reports, provenance: owner.result?.provenance ?? null };
}

/** A trial as users see it: an equivalent shows the state and the result of its representative. */
export function shown(tables: Tables, trial: TrialRow): Trial {
  const { id, sweepId, ordinal, cell, seed, representativeId } = trial;
  const { result, state, failure, ...owner } = ownerOf(tables, trial);
  return {
    ...{ id, sweepId, ordinal, cellId: cell.id, cell: cell.values, seed, plan: cell.planSummary, representativeId },
    ...{
      state,
      attempts: owner.token,
      losses: owner.counters.losses,
      reusedFrom: owner.reusedFrom,
      audit: owner.audit,
    },
    metrics: result?.metrics ?? null,
    engine: result?.engine ?? null,
    seconds: result?.seconds ?? null,
    ...{ failure, startedAt: textOf(owner.startedAt), endedAt: textOf(owner.endedAt) },
  };
}

/** A trial as its cell is summarised from it. */
export function cellTrialOf(tables: Tables, trial: TrialRow): CellTrial {
  const { id: trialId, ordinal, seed, cell } = trial;
  const { state, result, reusedFrom, audit, cell: representative } = ownerOf(tables, trial);
  return {
    ...{ trialId, ordinal, seed, cellId: cell.id, values: cell.values, plan: cell.planSummary },
    ...{ representativeCellId: representative.id, state, metrics: result?.metrics ?? null },
    ...{ isReused: reusedFrom !== null, verdict: audit?.verdict ?? null },
  };
}

function textOf(moment: Moment | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}
