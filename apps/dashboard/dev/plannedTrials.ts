import type { SweepEvent, SweepEventBody, SweepState, TrialState } from "@smoothsweep/contracts";
import { fixtureMetrics, fixtureReports } from "./fixtureMetrics.ts";
import type { FixtureCell } from "./fixturePlans.ts";

/** What a fixture sweep is made of. */
export interface FixtureOptions {
  id: string;
  name: string;
  description: string;
  epsilons: readonly number[];
  seeds: readonly number[];
  createdAtMs: number;
  /** Ordinals of trials that fail. */
  failing?: readonly number[];
  /** Some results are of other sweeps, or compared with them. */
  isAudited?: boolean;
  /** Seconds of one trial. */
  trialSeconds?: number;
}

/** A trial and when it will run. */
export interface PlannedTrial {
  id: string;
  ordinal: number;
  cell: FixtureCell;
  seed: number;
  representativeId: string | null;
  startMs: number;
  endMs: number;
  fails: boolean;
}

/** Epochs of every fixture trial. */
export const fixtureEpochs = 6;
const workers = 4;

/** Lays the trials of a sweep out over four workers; equivalents run with their representative. */
export function planTrials(options: FixtureOptions, cells: readonly FixtureCell[]): PlannedTrial[] {
  const { id, seeds, createdAtMs, trialSeconds = 2, failing = [] } = options;
  const planned: PlannedTrial[] = [];
  let slot = 0;
  for (const cell of cells) {
    for (const seed of seeds) {
      const ordinal = planned.length;
      const merged = planned.find((trial) => trial.cell.id === cell.representativeId && trial.seed === seed);
      const startMs = createdAtMs + 900 + (Math.floor(slot / workers) + (slot % workers) / 9) * trialSeconds * 1000;
      if (merged === undefined) slot += 1;
      planned.push({
        id: `trl_${id.slice(4)}_${ordinal}`,
        ordinal,
        cell,
        seed,
        representativeId: merged?.id ?? null,
        startMs: merged?.startMs ?? startMs,
        endMs: merged?.endMs ?? startMs + trialSeconds * 960,
        fails: merged?.fails ?? failing.includes(ordinal),
      });
    }
  }
  return planned;
}

/** The state a trial is in at a moment. */
export function trialStateAt(trial: PlannedTrial, nowMs: number): TrialState {
  if (nowMs < trial.startMs) return "pending";
  if (nowMs < trial.endMs) return "running";
  return trial.fails ? "failed" : "completed";
}

interface TimedBody {
  at: number;
  body: SweepEventBody;
}

/** Everything that will happen to a sweep, in order. */
export function recordEvents(
  trials: readonly PlannedTrial[],
  { options, endState }: { options: FixtureOptions; endState: SweepState },
): SweepEvent[] {
  const distinct = trials.filter((trial) => trial.representativeId === null);
  const timed: TimedBody[] = [
    {
      at: options.createdAtMs,
      body: { type: "sweep.created", data: { asked: trials.length, distinct: distinct.length } },
    },
    ...distinct.flatMap(trialEvents),
    {
      at: Math.max(...trials.map((trial) => trial.endMs)) + 1,
      body: { type: "sweep.ended", data: { state: endState } },
    },
  ];
  timed.sort((a, b) => a.at - b.at);
  return timed.map(({ at, body }, index) => ({
    ...body,
    id: index + 1,
    sweepId: options.id,
    at: new Date(at).toISOString(),
  }));
}

function trialEvents(trial: PlannedTrial): TimedBody[] {
  const { id, startMs, endMs, cell, seed } = trial;
  const step = (endMs - startMs) / (fixtureEpochs + 0.5);
  const { accuracy, ece } = fixtureMetrics(cell, seed).test;
  const failure = { trialId: id, code: "trial_diverged", message: "the loss was NaN in epoch 3" };
  return [
    { at: startMs, body: { type: "trials.started", data: { trialIds: [id], workerId: "wrk_1" } } },
    ...fixtureReports(cell, seed, trial.fails ? 2 : fixtureEpochs).map((report) => ({
      at: startMs + step * report.epoch,
      body: { type: "trial.reported", data: { trialId: id, report } } as const,
    })),
    trial.fails
      ? { at: endMs, body: { type: "trial.failed", data: failure } }
      : { at: endMs, body: { type: "trial.completed", data: { trialId: id, accuracy, ece } } },
  ];
}
