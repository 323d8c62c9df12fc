import { requireAllFinite, requireLength } from "../validation/requireArray.ts";
import { requireOpenUnit } from "../validation/requireNumber.ts";
import type { Interval } from "./bootstrap.ts";
import {
  type Direction,
  requirePoints,
  resampledMeans,
  type SeedBootstrapOptions,
  type SeedSamples,
} from "./paretoFront.ts";
import { quantileOfSorted } from "./quantile.ts";
import { mean } from "./sampleMoments.ts";

/** Volume of the union of boxes [0, gain] over points of gains, by slicing along the last objective. */
function unionVolume(gains: readonly (readonly number[])[], dimensions: number): number {
  if (gains.length === 0) return 0;
  if (dimensions === 1) return gains.reduce((largest, gain) => Math.max(largest, gain[0]!), 0);
  const last = dimensions - 1;
  const ordered = [...gains].sort((a, b) => b[last]! - a[last]!);
  let volume = 0;
  for (const [index, gain] of ordered.entries()) {
    const next = ordered[index + 1]?.[last] ?? 0;
    if (gain[last]! > next) volume += (gain[last]! - next) * unionVolume(ordered.slice(0, index + 1), last);
  }
  return volume;
}

/**
 * Hypervolume: how much of objective space the points dominate, down to a reference point.
 *
 * One number for a whole front; larger is better. Points that are not better than the reference in every objective add
 * nothing. By recursive slicing, O(n^d) at worst: meant for two or three objectives.
 *
 * @param points - one array of d finite objectives each
 * @param directions - d directions
 * @param reference - d finite values, the worst that counts, for example accuracy 0 and ECE 1
 * @returns the volume, in the product of the units
 * @throws {ArgumentError} when points, directions or reference break a rule
 * @see Zitzler, Thiele, "Multiobjective evolutionary algorithms", 1999
 */
export function hypervolume(
  points: readonly ArrayLike<number>[],
  directions: readonly Direction[],
  reference: readonly number[],
): number {
  requirePoints(points, directions);
  requireLength("reference", reference, directions.length);
  requireAllFinite("reference", reference);
  const gains = points.map((point) =>
    directions.map((direction, d) => (direction === "maximise" ? 1 : -1) * (point[d]! - reference[d]!)),
  );
  for (const [index, gain] of gains.entries()) requireAllFinite(`points[${index}] minus reference`, gain);
  return unionVolume(
    gains.filter((gain) => gain.every((value) => value > 0)),
    directions.length,
  );
}

/** Options of {@link hypervolumeInterval}. */
export interface HypervolumeOptions extends SeedBootstrapOptions {
  /** Coverage in (0, 1), 0.95 (default). */
  readonly level?: number;
}

/**
 * Hypervolume of the mean points with a percentile interval, by bootstrap over seeds.
 *
 * @param samples - `samples[cell][seed][objective]`, the same seeds in every cell
 * @param objectives - direction of each objective and the reference point
 * @param options - level, draws and random source
 * @returns the estimate and the ends of the interval
 * @throws {ArgumentError} when an argument breaks a rule
 * @see Zitzler, Thiele, "Multiobjective evolutionary algorithms", 1999
 */
export function hypervolumeInterval(
  samples: SeedSamples,
  objectives: { readonly directions: readonly Direction[]; readonly reference: readonly number[] },
  options: HypervolumeOptions = {},
): Interval & { readonly estimate: number } {
  const { directions, reference } = objectives;
  const { level = 0.95, ...drawing } = options;
  requireOpenUnit("level", level);
  const volumes: number[] = [];
  for (const points of resampledMeans(samples, directions, drawing))
    volumes.push(hypervolume(points, directions, reference));
  const sorted = Float64Array.from(volumes).sort();
  const centres = samples.map((rows) => directions.map((_, d) => mean(rows.map((row) => row[d]!))));
  return {
    estimate: hypervolume(centres, directions, reference),
    low: quantileOfSorted(sorted, (1 - level) / 2),
    high: quantileOfSorted(sorted, (1 + level) / 2),
  };
}
