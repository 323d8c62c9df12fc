import type {
  Cell,
  EngineInfo,
  SweepDetail,
  SweepEvent,
  SweepEventBody,
  Trial,
  TrialDetail,
  TrialState,
} from "@smoothsweep/contracts";
import { sweepSpecSchema } from "@smoothsweep/contracts";
import { fixtureMetrics, fixtureReports } from "./fixtureMetrics.ts";
import { type FixtureCell, fixtureCells } from "./fixturePlans.ts";
import { summarize } from "./summarize.ts";

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
  /** Seconds of one trial. */
  trialSeconds?: number;
}

const engine: EngineInfo = { name: "wasm", version: "4.22.0", device: "XNNPACK, SIMD", threads: 2 };
const workers = 4;
const epochs = 6;

interface PlannedTrial {
  id: string;
  ordinal: number;
  cell: FixtureCell;
  seed: number;
  representativeId: string | null;
  startMs: number;
  endMs: number;
  fails: boolean;
}

/** A sweep whose state is a function of the time alone. */
export class FixtureSweep {
  readonly options: FixtureOptions;
  readonly cells: FixtureCell[];
  readonly trials: PlannedTrial[];
  readonly events: SweepEvent[];
  readonly endMs: number;

  constructor(options: FixtureOptions) {
    this.options = options;
    this.cells = fixtureCells(options.id.slice(4), options.epsilons);
    this.trials = this.plan();
    this.endMs = Math.max(...this.trials.map((trial) => trial.endMs));
    this.events = this.record();
  }

  private plan(): PlannedTrial[] {
    const { id, seeds, createdAtMs, trialSeconds = 2, failing = [] } = this.options;
    const planned: PlannedTrial[] = [];
    let slot = 0;
    for (const cell of this.cells) {
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
          fails: failing.includes(ordinal),
        });
      }
    }
    return planned;
  }

  private record(): SweepEvent[] {
    const distinct = this.trials.filter((trial) => trial.representativeId === null);
    const timed: { at: number; body: SweepEventBody }[] = [
      {
        at: this.options.createdAtMs,
        body: { type: "sweep.created", data: { asked: this.trials.length, distinct: distinct.length } },
      },
      ...distinct.flatMap((trial) => this.eventsOf(trial)),
      { at: this.endMs + 1, body: { type: "sweep.ended", data: { state: this.stateAt(this.endMs + 1) } } },
    ];
    timed.sort((a, b) => a.at - b.at);
    return timed.map(({ at, body }, index) => ({
      ...body,
      id: index + 1,
      sweepId: this.options.id,
      at: new Date(at).toISOString(),
    }));
  }

  private eventsOf(trial: PlannedTrial): { at: number; body: SweepEventBody }[] {
    const { id, startMs, endMs, cell, seed } = trial;
    const step = (endMs - startMs) / (epochs + 0.5);
    const { accuracy, ece } = fixtureMetrics(cell, seed).test;
    const failure = { trialId: id, code: "trial_diverged", message: "the loss was NaN in epoch 3" };
    return [
      { at: startMs, body: { type: "trials.started", data: { trialIds: [id], workerId: "wrk_1" } } },
      ...fixtureReports(cell, seed, trial.fails ? 2 : epochs).map((report) => ({
        at: startMs + step * report.epoch,
        body: { type: "trial.reported", data: { trialId: id, report } } as const,
      })),
      trial.fails
        ? { at: endMs, body: { type: "trial.failed", data: failure } }
        : { at: endMs, body: { type: "trial.completed", data: { trialId: id, accuracy, ece } } },
    ];
  }

  private stateAt(nowMs: number): SweepDetail["state"] {
    if (nowMs < this.endMs) return "running";
    return this.trials.some((trial) => trial.fails) ? "failed" : "completed";
  }

  lastEventIdAt(nowMs: number): number {
    return this.events.filter((event) => Date.parse(event.at) <= nowMs).length;
  }

  detailAt(nowMs: number): SweepDetail {
    const { id, name, description, createdAtMs } = this.options;
    const distinct = this.trials.filter((trial) => trial.representativeId === null);
    const count = (state: TrialState) => distinct.filter((trial) => trialStateAt(trial, nowMs) === state).length;
    const completed = count("completed");
    const minutes = (Math.min(nowMs, this.endMs) - createdAtMs) / 60_000;
    const trialsPerMinute = completed < 2 ? null : completed / minutes;
    const state = this.stateAt(nowMs);
    const left = count("pending") + count("running");
    return {
      id,
      name,
      description,
      state,
      specHash: "5b1fd0c2a9e4",
      dataset: "mnist",
      counts: {
        asked: this.trials.length,
        distinct: distinct.length,
        pending: count("pending"),
        running: count("running"),
        completed,
        failed: count("failed"),
        cancelled: 0,
      },
      progress: {
        trialsPerMinute,
        etaSeconds: trialsPerMinute === null || state !== "running" ? null : (left / trialsPerMinute) * 60,
      },
      engines: completed === 0 ? [] : [engine],
      createdAt: new Date(createdAtMs).toISOString(),
      startedAt: new Date(createdAtMs + 900).toISOString(),
      endedAt: state === "running" ? null : new Date(this.endMs).toISOString(),
      spec: this.spec(),
      snapshot: {
        id: "sha256:9f2c41d7be0a6c1573e8d94f0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
        classCount: 10,
        featureCount: 784,
        trainClassCounts: [395, 449, 397, 409, 389, 361, 394, 418, 390, 398],
      },
      lastEventId: this.lastEventIdAt(nowMs),
    };
  }

  private spec(): SweepDetail["spec"] {
    const { name, description, epsilons, seeds } = this.options;
    return sweepSpecSchema.parse({
      name,
      description,
      data: { dataset: "mnist", train: 4000, validation: 1000, test: 10_000 },
      axes: {
        "smoothing.epsilon": [...epsilons],
        "smoothing.convention": ["uniform", "off-target"],
        "strategy.kind": ["none", "class-prior"],
      },
      seeds: [...seeds],
    });
  }

  cellsAt(nowMs: number): Cell[] {
    return this.cells.map((cell) => {
      const own = this.trials.filter((trial) => trial.cell.id === cell.id);
      const done = own.filter((trial) => trialStateAt(trial, nowMs) === "completed");
      const representative = this.cells.find((other) => other.id === cell.representativeId) ?? cell;
      const results = done.map((trial) => ({ seed: trial.seed, metrics: fixtureMetrics(representative, trial.seed) }));
      return {
        id: cell.id,
        values: cell.values,
        plan: cell.plan,
        representativeId: cell.representativeId,
        trials: own.length,
        completed: done.length,
        failed: own.filter((trial) => trialStateAt(trial, nowMs) === "failed").length,
        metrics: summarize(results.map((result) => result.metrics)),
        points: results.map(({ seed, metrics }) => ({
          seed,
          accuracy: metrics.test.accuracy,
          ece: metrics.test.ece,
          scaledEce: metrics.scaledTest.ece,
        })),
      };
    });
  }

  trialsAt(nowMs: number): Trial[] {
    return this.trials.map((trial) => this.trialAt(trial, nowMs));
  }

  trialDetailAt(trialId: string, nowMs: number): TrialDetail | undefined {
    const trial = this.trials.find((candidate) => candidate.id === trialId);
    if (trial === undefined) return undefined;
    const step = (trial.endMs - trial.startMs) / (epochs + 0.5);
    const elapsed = Math.floor((nowMs - trial.startMs) / step);
    const reports = fixtureReports(trial.cell, trial.seed, Math.max(0, Math.min(trial.fails ? 2 : epochs, elapsed)));
    return { ...this.trialAt(trial, nowMs), reports, provenance: { gitCommit: "fixture", node: "v20.20.2" } };
  }

  private trialAt(trial: PlannedTrial, nowMs: number): Trial {
    const state = trialStateAt(trial, nowMs);
    const representative = this.cells.find((cell) => cell.id === trial.cell.representativeId) ?? trial.cell;
    const ended = state === "completed" || state === "failed";
    return {
      id: trial.id,
      sweepId: this.options.id,
      ordinal: trial.ordinal,
      cellId: trial.cell.id,
      cell: trial.cell.values,
      seed: trial.seed,
      plan: trial.cell.plan,
      state,
      representativeId: trial.representativeId,
      attempts: state === "pending" ? 0 : trial.fails ? 3 : 1,
      metrics: state === "completed" ? fixtureMetrics(representative, trial.seed) : null,
      engine: ended ? engine : null,
      seconds: ended ? (trial.endMs - trial.startMs) / 1000 : null,
      failure: state === "failed" ? { code: "trial_diverged", message: "the loss was NaN in epoch 3" } : null,
      startedAt: state === "pending" ? null : new Date(trial.startMs).toISOString(),
      endedAt: ended ? new Date(trial.endMs).toISOString() : null,
    };
  }
}

function trialStateAt(trial: PlannedTrial, nowMs: number): TrialState {
  if (nowMs < trial.startMs) return "pending";
  if (nowMs < trial.endMs) return "running";
  return trial.fails ? "failed" : "completed";
}
