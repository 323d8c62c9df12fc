import { ArgumentError } from "../validation/argumentError.ts";
import { requireAllFinite, requireLength, requireNotEmpty } from "../validation/requireArray.ts";
import { requirePositiveInteger } from "../validation/requireNumber.ts";
import { mean } from "./sampleMoments.ts";
import { type RandomSource, seededRandom } from "./seededRandom.ts";

/** Whether more or less of an objective is better. */
export type Direction = "maximise" | "minimise";

/** Checks points and directions against each other. @returns the number of objectives */
export function requirePoints(points: readonly ArrayLike<number>[], directions: readonly Direction[]): number {
  requireNotEmpty("points", points);
  requireNotEmpty("directions", directions);
  for (const [index, direction] of directions.entries())
    if (direction !== "maximise" && direction !== "minimise")
      throw new ArgumentError(`directions[${index}]`, "must be maximise or minimise", direction);
  for (const [index, point] of points.entries()) {
    requireLength(`points[${index}]`, point, directions.length);
    requireAllFinite(`points[${index}]`, point);
  }
  return directions.length;
}

function dominates(a: ArrayLike<number>, b: ArrayLike<number>, signs: readonly number[]): boolean {
  let isBetter = false;
  for (const [index, sign] of signs.entries()) {
    const advantage = sign * (a[index]! - b[index]!);
    if (advantage < 0) return false;
    if (advantage > 0) isBetter = true;
  }
  return isBetter;
}

/**
 * Pareto front: which points no other point dominates (at least as good everywhere, better somewhere).
 *
 * Equal points do not dominate each other: both are on the front. O(n^2 d).
 *
 * @param points - one array of d finite objectives each
 * @param directions - d directions
 * @returns one flag per point
 * @throws {ArgumentError} when points or directions break a rule
 * @see Kung, Luccio, Preparata, "On finding the maxima of a set of vectors", 1975
 */
export function paretoFront(points: readonly ArrayLike<number>[], directions: readonly Direction[]): boolean[] {
  requirePoints(points, directions);
  const signs = directions.map((direction) => (direction === "maximise" ? 1 : -1));
  return points.map((point) => !points.some((other) => dominates(other, point, signs)));
}

/** Options of the bootstrap over seeds. */
export interface SeedBootstrapOptions {
  /** Resamples, 2000 (default). */
  readonly draws?: number;
  /** Source of uniform numbers in [0, 1), `seededRandom(0)` (default). */
  readonly random?: RandomSource;
}

/** Per cell, per seed, per objective: `samples[cell][seed][objective]`; every cell has the same seeds in the same order. */
export type SeedSamples = readonly (readonly ArrayLike<number>[])[];

/**
 * Means per cell and objective over resampled seeds. The same seeds are drawn for every cell, because cells share data
 * order and initialisation per seed: differences between cells keep their pairing.
 *
 * @yields the resampled points, one per cell, for each draw
 */
export function* resampledMeans(
  samples: SeedSamples,
  directions: readonly Direction[],
  options: SeedBootstrapOptions,
): Generator<number[][]> {
  const { draws = 2000, random = seededRandom(0) } = options;
  requireNotEmpty("samples", samples);
  requirePositiveInteger("draws", draws);
  const seeds = requireNotEmpty("samples[0]", samples[0]!);
  for (const [cell, rows] of samples.entries()) {
    requireLength(`samples[${cell}]`, rows, seeds);
    requirePoints(rows, directions);
  }
  for (let draw = 0; draw < draws; draw++) {
    const chosen = Array.from({ length: seeds }, () => Math.floor(random() * seeds));
    yield samples.map((rows) => directions.map((_, d) => mean(chosen.map((seed) => rows[seed]![d]!))));
  }
}

/**
 * Probability that each cell is on the Pareto front, by bootstrap over seeds.
 *
 * The share of resamples in which the mean point of the cell is not dominated. Replaces a front drawn from noisy means.
 *
 * @param samples - `samples[cell][seed][objective]`, the same seeds in every cell
 * @param directions - direction of each objective
 * @param options - draws and random source
 * @returns one probability in [0, 1] per cell
 * @throws {ArgumentError} when samples, directions or draws break a rule
 * @see Efron, Tibshirani, "An introduction to the bootstrap", 1993
 */
export function paretoMembership(
  samples: SeedSamples,
  directions: readonly Direction[],
  options: SeedBootstrapOptions = {},
): number[] {
  const counts = samples.map(() => 0);
  let draws = 0;
  for (const points of resampledMeans(samples, directions, options)) {
    draws++;
    for (const [cell, isOnFront] of paretoFront(points, directions).entries()) if (isOnFront) counts[cell]!++;
  }
  return counts.map((count) => count / draws);
}
