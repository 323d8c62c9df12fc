import { meanConfidenceInterval } from "@smoothsweep/calibration";
import type {
  Audit,
  AxisValue,
  Cell,
  CellMetric,
  MetricSummary,
  PlanSummary,
  TrialMetrics,
  TrialState,
} from "@smoothsweep/contracts";

/** One trial as cells are summarised from it; an equivalent carries its representative's state and metrics. */
export interface CellTrial {
  trialId: string;
  ordinal: number;
  cellId: string;
  values: Record<string, AxisValue>;
  plan: PlanSummary;
  seed: number;
  /** Cell of the trial that is trained for this one: its own when it is trained itself. */
  representativeCellId: string;
  state: TrialState;
  metrics: TrialMetrics | null;
  /** Whether the result is another sweep's. */
  isReused: boolean;
  /** How the trial compares with the one that it repeats; null when it repeats none. */
  verdict: Audit["verdict"] | null;
}

/** Reads one compared metric out of a trial's metrics. */
const readMetric: Record<CellMetric, (metrics: TrialMetrics) => number> = {
  accuracy: ({ test }) => test.accuracy,
  nll: ({ test }) => test.nll,
  brier: ({ test }) => test.brier,
  ece: ({ test }) => test.ece,
  scaledNll: ({ scaledTest }) => scaledTest.nll,
  scaledEce: ({ scaledTest }) => scaledTest.ece,
  temperature: ({ temperature }) => temperature,
  signedGap: ({ test }) => test.signedGap,
};

/** Cells in the order of their first trial, each metric as mean over seeds with its 95 % t interval. */
export function summariseCells(trials: readonly CellTrial[]): Cell[] {
  const byCell = new Map<string, CellTrial[]>();
  for (const trial of trials) {
    const members = byCell.get(trial.cellId);
    if (members === undefined) byCell.set(trial.cellId, [trial]);
    else members.push(trial);
  }
  return [...byCell.values()].map(summariseCell);
}

function summariseCell(trials: CellTrial[]): Cell {
  const first = trials[0]!;
  const done = trials.flatMap(({ seed, metrics }) => (metrics === null ? [] : [{ seed, metrics }]));
  const verdicts = (wanted: Audit["verdict"]) => trials.filter(({ verdict }) => verdict === wanted).length;
  return {
    id: first.cellId,
    values: first.values,
    plan: first.plan,
    representativeId: first.representativeCellId,
    trials: trials.length,
    completed: done.length,
    failed: trials.filter(({ state }) => state === "failed").length,
    reused: trials.filter(({ isReused }) => isReused).length,
    audits: { identical: verdicts("identical"), close: verdicts("close"), different: verdicts("different") },
    metrics: done.length === 0 ? null : summariseMetrics(done.map(({ metrics }) => metrics)),
    points: done.map(({ seed, metrics }) => ({
      seed,
      accuracy: readMetric.accuracy(metrics),
      ece: readMetric.ece(metrics),
      scaledEce: readMetric.scaledEce(metrics),
    })),
  };
}

function summariseMetrics(results: readonly TrialMetrics[]): Record<CellMetric, MetricSummary> {
  const names = Object.keys(readMetric) as CellMetric[];
  const entries = names.map((name) => [name, meanConfidenceInterval(results.map(readMetric[name]))] as const);
  return Object.fromEntries(entries) as Record<CellMetric, MetricSummary>;
}
