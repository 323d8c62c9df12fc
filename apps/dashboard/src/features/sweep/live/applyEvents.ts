import type { SweepDetail, SweepEvent, Trial, TrialCounts, TrialState } from "@smoothsweep/contracts";

/** States that events bring, the last one of each trial. */
function statesAfter(events: readonly SweepEvent[]): Map<string, TrialState> {
  const states = new Map<string, TrialState>();
  for (const event of events) {
    if (event.type === "trials.started") for (const id of event.data.trialIds) states.set(id, "running");
    else if (event.type === "trials.returned") for (const id of event.data.trialIds) states.set(id, "pending");
    else if (event.type === "trials.cancelled") for (const id of event.data.trialIds) states.set(id, "cancelled");
    else if (event.type === "trial.completed") states.set(event.data.trialId, "completed");
    else if (event.type === "trial.failed") states.set(event.data.trialId, "failed");
  }
  return states;
}

/** Trials as they are after these events; the same array when nothing changed. Metrics come with the next fetch. */
export function applyEventsToTrials(trials: Trial[], events: readonly SweepEvent[]): Trial[] {
  const states = statesAfter(events);
  let changed = false;
  const patched = trials.map((trial) => {
    const state = states.get(trial.id);
    if (state === undefined || state === trial.state) return trial;
    changed = true;
    return { ...trial, state };
  });
  return changed ? patched : trials;
}

/** Distinct trials by state. */
export function countTrials(trials: readonly Trial[]): TrialCounts {
  const counts = { asked: trials.length, distinct: 0, pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 };
  for (const trial of trials) {
    if (trial.representativeId !== null) continue;
    counts.distinct += 1;
    counts[trial.state] += 1;
  }
  return counts;
}

/**
 * A sweep as it is after these events.
 *
 * @param trials every trial of the sweep with the events applied, or undefined when not all of them are known
 */
export function applyEventsToSweep(
  sweep: SweepDetail,
  events: readonly SweepEvent[],
  trials: readonly Trial[] | undefined,
): SweepDetail {
  const lastEventId = Math.max(sweep.lastEventId, ...events.map((event) => event.id));
  const told = events.findLast((event) => event.type === "sweep.ended" || event.type === "sweep.changed");
  const counts = trials !== undefined && trials.length === sweep.counts.asked ? countTrials(trials) : sweep.counts;
  return { ...sweep, lastEventId, counts, state: told?.data.state ?? sweep.state };
}
