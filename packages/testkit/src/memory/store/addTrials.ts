import type { PlannedTrial, TrialCounters } from "@smoothsweep/sweeps";
import type { Tables, TrialRow } from "./tables.ts";

const untried: TrialCounters = { failures: 0, losses: 0, lossesAlone: 0, packLimit: null };

/** Writes trials of a sweep, which wait. */
export function addTrials({ trials }: Tables, sweepId: string, planned: readonly PlannedTrial[]): void {
  for (const trial of planned) {
    const fresh: Omit<TrialRow, keyof typeof trial> = {
      sweepId,
      state: "pending",
      token: 0,
      counters: untried,
      notBefore: 0,
      lease: null,
      failure: null,
      reports: new Map(),
      result: null,
      predictions: [],
      reusedFrom: null,
      auditOf: null,
      audit: null,
      startedAt: null,
      endedAt: null,
    };
    trials.set(trial.id, { ...trial, ...fresh });
  }
}
