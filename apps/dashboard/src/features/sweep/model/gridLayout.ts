import type { Trial, TrialState } from "@smoothsweep/contracts";
import type { CellRow } from "./cellRows.ts";
import { axisLabel } from "./cellRows.ts";

/** One small square: a trial in the state it is shown in. */
export interface GridTrial {
  trial: Trial;
  /** Its own state, or that of the trial that is trained for it. */
  state: TrialState;
  isEquivalent: boolean;
}

/** One cell of the grid with one square per seed. */
export interface GridCell {
  row: CellRow;
  trials: readonly GridTrial[];
}

/** The grid: a column for each epsilon, a row for each combination of the other axes. */
export interface Grid {
  epsilons: readonly number[];
  lines: readonly { label: string; cells: readonly (GridCell | null)[] }[];
}

/** Lays cells and trials out by epsilon (columns) and everything else (rows). */
export function gridLayout(rows: readonly CellRow[], trials: readonly Trial[]): Grid {
  const epsilons = [...new Set(rows.map((row) => row.cell.plan.epsilon))].sort((a, b) => a - b);
  const trialsByCell = groupTrials(trials);
  const lines = new Map<string, (GridCell | null)[]>();
  for (const row of rows) {
    const label = lineLabel(row);
    const cells = lines.get(label) ?? epsilons.map(() => null);
    cells[epsilons.indexOf(row.cell.plan.epsilon)] = { row, trials: trialsByCell.get(row.cell.id) ?? [] };
    lines.set(label, cells);
  }
  return { epsilons, lines: [...lines].map(([label, cells]) => ({ label, cells })) };
}

function lineLabel({ cell, otherAxes }: CellRow): string {
  const others = otherAxes.map(({ path, value }) => `${axisLabel(path)} ${value}`);
  return [cell.plan.convention, cell.plan.strategy, ...others].join(" · ");
}

function groupTrials(trials: readonly Trial[]): Map<string, GridTrial[]> {
  const byId = new Map(trials.map((trial) => [trial.id, trial]));
  const groups = new Map<string, GridTrial[]>();
  for (const trial of trials) {
    const representative = trial.representativeId === null ? undefined : byId.get(trial.representativeId);
    const group = groups.get(trial.cellId) ?? [];
    const state = (representative ?? trial).state;
    group.push({ trial, state, isEquivalent: trial.representativeId !== null });
    groups.set(trial.cellId, group);
  }
  return groups;
}
