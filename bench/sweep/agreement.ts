import { mean, standardDeviation, studentTCritical } from "@smoothsweep/calibration";
import type { TrialPoint } from "./outcome.ts";

/** Metrics of the peer for one epsilon and convention, one number per seed: its mean over the strategies. */
export interface PeerCell {
  readonly epsilon: number;
  readonly convention: string;
  readonly accuracy: readonly number[];
  readonly ece: readonly number[];
}

/** One comparison of a metric's means over seeds. */
export interface Comparison {
  readonly epsilon: number;
  readonly convention: string;
  readonly metric: "accuracy" | "ece";
  readonly ours: number;
  readonly theirs: number;
  readonly tolerance: number;
}

const METRICS = ["accuracy", "ece"] as const;

/** Chance that any comparison of two equal implementations fails. */
const FALSE_ALARM = 1e-3;

/** Standard deviation over seeds within a cell, pooled over the cells. */
function pooledDeviation(cells: readonly PeerCell[], metric: "accuracy" | "ece"): { sd: number; freedom: number } {
  const freedom = cells.reduce((sum, cell) => sum + cell[metric].length - 1, 0);
  const squares = cells.reduce((sum, cell) => {
    return sum + (cell[metric].length - 1) * (standardDeviation(cell[metric]) ?? 0) ** 2;
  }, 0);
  return { sd: Math.sqrt(squares / freedom), freedom };
}

function seedMeans(points: readonly TrialPoint[], metric: "accuracy" | "ece"): number[] {
  const seeds = [...new Set(points.map(({ seed }) => seed))];
  return seeds.map((seed) => mean(points.filter((point) => point.seed === seed).map((point) => point[metric])));
}

/**
 * Compares means over seeds with the peer's, cell by cell. Data, split and test rows are the same, so what differs between
 * two right implementations is the noise of initial weights and batch orders. With the peer's standard deviation s over
 * seeds, pooled over its cells, the difference of a mean over n and one over m seeds has the standard error
 * s sqrt(1/n + 1/m); the tolerance is that times Student's t for a false alarm in one of 1,000 whole comparisons
 * (Bonferroni).
 */
export function compareWithPeer(points: readonly TrialPoint[], cells: readonly PeerCell[]): Comparison[] {
  const compared = cells.filter((cell) => pointsOf(points, cell).length > 0);
  const level = 1 - FALSE_ALARM / (METRICS.length * compared.length);
  return METRICS.flatMap((metric) => {
    const { sd, freedom } = pooledDeviation(cells, metric);
    return compared.map((cell) => {
      const ours = seedMeans(pointsOf(points, cell), metric);
      const standardError = sd * Math.sqrt(1 / ours.length + 1 / cell[metric].length);
      const { epsilon, convention } = cell;
      const tolerance = studentTCritical(level, freedom) * standardError;
      return { epsilon, convention, metric, ours: mean(ours), theirs: mean(cell[metric]), tolerance };
    });
  });
}

function pointsOf(points: readonly TrialPoint[], { epsilon, convention }: PeerCell): TrialPoint[] {
  return points.filter((point) => point.epsilon === epsilon && point.convention === convention);
}

export function isWithinTolerance({ ours, theirs, tolerance }: Comparison): boolean {
  return Math.abs(ours - theirs) <= tolerance;
}
