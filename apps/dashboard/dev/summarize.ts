import type { Cell, CellMetric, MetricSummary, TrialMetrics } from "@smoothsweep/contracts";

const tQuantiles = [Number.NaN, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

const readers: Record<CellMetric, (metrics: TrialMetrics) => number> = {
  accuracy: (metrics) => metrics.test.accuracy,
  nll: (metrics) => metrics.test.nll,
  brier: (metrics) => metrics.test.brier,
  ece: (metrics) => metrics.test.ece,
  scaledNll: (metrics) => metrics.scaledTest.nll,
  scaledEce: (metrics) => metrics.scaledTest.ece,
  temperature: (metrics) => metrics.temperature,
  signedGap: (metrics) => metrics.test.signedGap,
};

function summary(values: readonly number[]): MetricSummary {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { n, mean, sd: null, low: null, high: null };
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const half = ((tQuantiles[n - 1] ?? 1.96) * sd) / Math.sqrt(n);
  return { n, mean, sd, low: mean - half, high: mean + half };
}

/** Every metric over the completed seeds; null when none completed. */
export function summarize(results: readonly TrialMetrics[]): Cell["metrics"] {
  if (results.length === 0) return null;
  const entries = Object.entries(readers).map(([name, read]) => [name, summary(results.map(read))]);
  return Object.fromEntries(entries) as Record<CellMetric, MetricSummary>;
}
