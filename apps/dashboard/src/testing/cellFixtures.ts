import type { Cell, CellMetric, MetricSummary, Trial, TrialState } from "@smoothsweep/contracts";

/** Parts of a cell that tests of the model care about. */
export interface CellParts {
  id: string;
  epsilon?: number;
  convention?: string;
  strategy?: string;
  representativeId?: string;
  values?: Cell["values"];
  accuracy?: number;
  ece?: number;
  signedGap?: number;
}

function summary(mean: number): MetricSummary {
  return { n: 3, mean, sd: 0.01, low: mean - 0.02, high: mean + 0.02 };
}

/** A cell for tests; it has metrics when an accuracy is given. */
export function cellOf(parts: CellParts): Cell {
  const {
    id,
    epsilon = 0.1,
    convention = "uniform",
    strategy = "none",
    accuracy,
    ece = 0.05,
    signedGap = 0.01,
  } = parts;
  const means = { accuracy, ece, signedGap, nll: 0.2, brier: 0.1, scaledNll: 0.2, scaledEce: 0.01, temperature: 1.2 };
  const entries = Object.entries(means).map(([metric, mean]) => [metric, summary(mean ?? 0)]);
  return {
    id,
    values: parts.values ?? { "smoothing.epsilon": epsilon },
    plan: { convention, epsilon, canonicalEpsilon: epsilon, strategy, rowSum: 1, explanation: "spread evenly" },
    representativeId: parts.representativeId ?? id,
    trials: 3,
    completed: accuracy === undefined ? 0 : 3,
    failed: 0,
    reused: 0,
    audits: { identical: 0, close: 0, different: 0 },
    metrics: accuracy === undefined ? null : (Object.fromEntries(entries) as Record<CellMetric, MetricSummary>),
    points: accuracy === undefined ? [] : [{ seed: 1, accuracy, ece, scaledEce: 0.01 }],
  };
}

/** A trial for tests. */
export function trialOf(id: string, cellId: string, state: TrialState, representativeId: string | null = null): Trial {
  return {
    id,
    sweepId: "swp_1",
    ordinal: 0,
    cellId,
    cell: {},
    seed: 1,
    plan: cellOf({ id: cellId }).plan,
    state,
    representativeId,
    attempts: 0,
    losses: 0,
    reusedFrom: null,
    audit: null,
    metrics: null,
    engine: null,
    seconds: null,
    failure: null,
    startedAt: null,
    endedAt: null,
  };
}
