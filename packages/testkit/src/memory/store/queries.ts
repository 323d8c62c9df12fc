import { AppError, type TrialCounts, type TrialState, trialStates } from "@smoothsweep/contracts";
import type { SweepRow, Tables, TrialRow } from "./tables.ts";

/** @throws AppError `not_found` */
export function sweepOf({ sweeps }: Tables, sweepId: string): SweepRow {
  const sweep = sweeps.get(sweepId);
  if (sweep === undefined) throw new AppError("not_found", `there is no sweep ${sweepId}`);
  return sweep;
}

/** @throws AppError `not_found` */
export function trialOf({ trials }: Tables, trialId: string): TrialRow {
  const trial = trials.get(trialId);
  if (trial === undefined) throw new AppError("not_found", `there is no trial ${trialId}`);
  return trial;
}

/** Trials of a sweep, equivalents too, in the order of their cells. */
export function trialsOf({ trials }: Tables, sweepId: string): TrialRow[] {
  return [...trials.values()].filter((trial) => trial.sweepId === sweepId);
}

/** Trials of a sweep that are trained themselves, all or those in some states. */
export function trainedOf(tables: Tables, sweepId: string, states: readonly TrialState[] = trialStates): TrialRow[] {
  return trialsOf(tables, sweepId).filter((trial) => isTrained(trial) && states.includes(trial.state));
}

export function isTrained({ representativeId }: TrialRow): boolean {
  return representativeId === null;
}

/** The trial that is trained for this one: its representative, or itself. */
export function ownerOf(tables: Tables, trial: TrialRow): TrialRow {
  return trial.representativeId === null ? trial : trialOf(tables, trial.representativeId);
}

/** The trial that the owner's reports and predictions are kept with: its own, or the one whose result it reuses. */
export function originOf(tables: Tables, trial: TrialRow): TrialRow {
  const owner = ownerOf(tables, trial);
  return owner.reusedFrom === null ? owner : trialOf(tables, owner.reusedFrom);
}

export function countsOf(tables: Tables, sweepId: string): TrialCounts {
  const trained = trainedOf(tables, sweepId);
  const inState = (state: TrialState) => trained.filter((trial) => trial.state === state).length;
  return {
    asked: trialsOf(tables, sweepId).length,
    distinct: trained.length,
    pending: inState("pending"),
    running: inState("running"),
    completed: inState("completed"),
    failed: inState("failed"),
    cancelled: inState("cancelled"),
  };
}

/** Members by what they share, in the order of the first of each. */
export function groupBy<T, TKey>(members: readonly T[], keyOf: (member: T) => TKey): Map<TKey, T[]> {
  const groups = new Map<TKey, T[]>();
  for (const member of members) {
    const group = groups.get(keyOf(member));
    if (group === undefined) groups.set(keyOf(member), [member]);
    else group.push(member);
  }
  return groups;
}
