import type { SweepDetail, SweepEvent, Trial, TrialDetail } from "@smoothsweep/contracts";
import type { QueryClient } from "@tanstack/react-query";
import { queryKeys } from "../../../api/queryKeys.ts";
import { applyEventsToSweep, applyEventsToTrials } from "./applyEvents.ts";
import { createRefreshScheduler } from "./refreshScheduler.ts";

/** Takes a sweep's events into the cache. */
export interface SweepFeed {
  take(event: SweepEvent): void;
  /** The stream is open: what changed between the first fetches and now may be in none of them. */
  catchUp(): void;
  stop(): void;
}

const patchIntervalMs = 250;
const cellsIntervalMs = 500;
const detailIntervalMs = 2000;
const trialsIntervalMs = 3000;

/**
 * Two speeds: states and counts are patched from the events a few times a second; metrics, rate and ETA are fetched,
 * at most every so often (see {@link createRefreshScheduler}), because the API computes them.
 */
export function createSweepFeed(queryClient: QueryClient, sweepId: string): SweepFeed {
  let taken: SweepEvent[] = [];
  const refresher = (queryKey: readonly string[], intervalMs: number) =>
    createRefreshScheduler(() => queryClient.invalidateQueries({ queryKey }), intervalMs);
  const cells = refresher(queryKeys.sweepCells(sweepId), cellsIntervalMs);
  const detail = refresher(queryKeys.sweepDetail(sweepId), detailIntervalMs);
  const trials = refresher(queryKeys.sweepTrials(sweepId), trialsIntervalMs);
  const patch = createRefreshScheduler(async () => {
    const events = taken;
    taken = [];
    patchCache(queryClient, sweepId, events);
  }, patchIntervalMs);
  return {
    take(event) {
      taken.push(event);
      patch.request();
      if (event.type === "trial.reported") return;
      detail.request();
      if (event.type === "trials.started") return;
      trials.request();
      cells.request();
      for (const trialId of trialIdsOf(event))
        void queryClient.invalidateQueries({ queryKey: queryKeys.trial(trialId) });
    },
    catchUp() {
      trials.request();
      cells.request();
    },
    stop() {
      for (const scheduler of [patch, cells, detail, trials]) scheduler.stop();
    },
  };
}

function trialIdsOf(event: SweepEvent): readonly string[] {
  if (event.type === "trials.returned") return event.data.trialIds;
  return event.type === "trial.completed" || event.type === "trial.failed" ? [event.data.trialId] : [];
}

function patchCache(queryClient: QueryClient, sweepId: string, events: readonly SweepEvent[]): void {
  const trials = queryClient.setQueryData<Trial[]>(queryKeys.sweepTrials(sweepId), (known) =>
    known === undefined ? known : applyEventsToTrials(known, events),
  );
  queryClient.setQueryData<SweepDetail>(queryKeys.sweepDetail(sweepId), (known) =>
    known === undefined ? known : applyEventsToSweep(known, events, trials),
  );
  for (const event of events) if (event.type === "trial.reported") appendReport(queryClient, event.data);
}

/** Adds a report to a trial that is on show. A new attempt begins again with epoch 1. */
function appendReport(
  queryClient: QueryClient,
  { trialId, report }: Extract<SweepEvent, { type: "trial.reported" }>["data"],
): void {
  queryClient.setQueryData<TrialDetail>(queryKeys.trial(trialId), (known) => {
    if (known === undefined) return known;
    const earlier = known.reports.filter((other) => other.epoch < report.epoch);
    return { ...known, reports: [...earlier, report] };
  });
}
