import {
  type Cell,
  type EngineInfo,
  type SweepDetail,
  type SweepEvent,
  sweepSpecSchema,
  type Trial,
  type TrialDetail,
  type TrialState,
} from "@smoothsweep/contracts";
import { fixtureMetrics, fixtureReports } from "./fixtureMetrics.ts";
import { type FixtureCell, fixtureCells } from "./fixturePlans.ts";
import { fixtureOrigin, fixtureVerbs } from "./fixtureVerbs.ts";
import {
  type FixtureOptions,
  fixtureEpochs,
  type PlannedTrial,
  planTrials,
  recordEvents,
  trialStateAt,
} from "./plannedTrials.ts";
import { summarize } from "./summarize.ts";

const engine: EngineInfo = { name: "wasm", version: "4.22.0", device: "XNNPACK, SIMD", threads: 2 };

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
    this.trials = planTrials(options, this.cells);
    this.endMs = Math.max(...this.trials.map((trial) => trial.endMs));
    this.events = recordEvents(this.trials, { options, endState: this.stateAt(this.endMs + 1) });
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
      ...this.originsOf(distinct, nowMs),
      priority: 0,
      ...fixtureVerbs(state),
      progress: {
        trialsPerMinute,
        etaSeconds: trialsPerMinute === null || state !== "running" ? null : (left / trialsPerMinute) * 60,
      },
      engines: completed === 0 ? [] : [engine],
      createdAt: new Date(createdAtMs).toISOString(),
      startedAt: new Date(createdAtMs + 900).toISOString(),
      endedAt: state === "running" ? null : new Date(this.endMs).toISOString(),
      archivedAt: null,
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

  private ownerOf(trial: PlannedTrial): PlannedTrial {
    return this.trials.find(({ id }) => id === trial.representativeId) ?? trial;
  }

  private originsOf(trials: readonly PlannedTrial[], nowMs: number): Pick<Cell, "reused" | "audits"> {
    const shown = trials.map((trial) => this.trialAt(trial, nowMs));
    const count = (verdict: string) => shown.filter(({ audit }) => audit?.verdict === verdict).length;
    return {
      reused: shown.filter(({ reusedFrom }) => reusedFrom !== null).length,
      audits: { identical: count("identical"), close: 0, different: count("different") },
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
        ...this.originsOf(own, nowMs),
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
    const step = (trial.endMs - trial.startMs) / (fixtureEpochs + 0.5);
    const elapsed = Math.floor((nowMs - trial.startMs) / step);
    const reports = fixtureReports(
      trial.cell,
      trial.seed,
      Math.max(0, Math.min(trial.fails ? 2 : fixtureEpochs, elapsed)),
    );
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
      losses: 0,
      ...(ended
        ? fixtureOrigin(this.options.isAudited ?? false, this.ownerOf(trial).ordinal)
        : fixtureOrigin(false, 0)),
      metrics: state === "completed" ? fixtureMetrics(representative, trial.seed) : null,
      engine: ended ? engine : null,
      seconds: ended ? (trial.endMs - trial.startMs) / 1000 : null,
      failure: state === "failed" ? { code: "trial_diverged", message: "the loss was NaN in epoch 3" } : null,
      startedAt: state === "pending" ? null : new Date(trial.startMs).toISOString(),
      endedAt: ended ? new Date(trial.endMs).toISOString() : null,
    };
  }
}
