import { requireAllFinite, requireAllIndices, requireLength, requireNotEmpty } from "../validation/requireArray.ts";
import { requireOpenUnit, requirePositiveInteger } from "../validation/requireNumber.ts";
import { bcaProbabilities } from "./bcaProbabilities.ts";
import { quantileOfSorted } from "./quantile.ts";
import { standardDeviation } from "./sampleMoments.ts";
import { type RandomSource, seededRandom } from "./seededRandom.ts";

/** A statistic of a sample: any function of the values. */
export type Statistic = (values: readonly number[]) => number;

/** An interval, low end first. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Bootstrap of one statistic. */
export interface Bootstrap {
  /** The statistic of the data themselves. */
  readonly estimate: number;
  /** Standard deviation of the replicates (B - 1); `null` for one replicate. */
  readonly standardError: number | null;
  /** Percentile interval: quantiles of the replicates. */
  readonly percentile: Interval;
  /** Bias-corrected and accelerated interval; `null` where it is not defined (no spread). */
  readonly bca: Interval | null;
  /** The B replicates, in resampling order. */
  readonly replicates: Float64Array;
}

/** Options of {@link bootstrap}. */
export interface BootstrapOptions {
  /** Coverage in (0, 1), 0.95 (default). */
  readonly level?: number;
  /** B, number of resamples, 9999 (default); not used when `resampleIndices` are given. */
  readonly draws?: number;
  /** Source of uniform numbers in [0, 1), `seededRandom(0)` (default), so that results repeat. */
  readonly random?: RandomSource;
  /** Resamples to use instead of drawn ones: B rows of n indices into the data. */
  readonly resampleIndices?: readonly ArrayLike<number>[];
}

function drawIndices(count: number, options: BootstrapOptions): readonly ArrayLike<number>[] {
  const { draws = 9999, random = seededRandom(0), resampleIndices } = options;
  if (resampleIndices !== undefined) {
    requireNotEmpty("resampleIndices", resampleIndices);
    for (const [row, indices] of resampleIndices.entries()) {
      requireLength(`resampleIndices[${row}]`, indices, count);
      requireAllIndices(`resampleIndices[${row}]`, indices, count);
    }
    return resampleIndices;
  }
  requirePositiveInteger("draws", draws);
  const draw = () => Int32Array.from({ length: count }, () => Math.floor(random() * count));
  return Array.from({ length: draws }, draw);
}

/**
 * Bootstrap of a statistic: standard error, percentile interval and BCa interval.
 *
 * Replicate b is the statistic of the data at the b-th row of resampled indices. Percentile ends are quantiles with
 * linear interpolation at (B - 1) q. BCa moves those q by the bias z0 (share of replicates below the estimate, equal ones
 * count half) and the acceleration (from the jackknife); without spread it is not defined and `null`.
 *
 * @param data - at least one finite number
 * @param statistic - function of a sample, for example {@link mean} or {@link median}
 * @param options - level, draws, random source or given resamples
 * @returns estimate, standard error, intervals and replicates
 * @throws {ArgumentError} when data or options break a rule
 * @example
 * ```ts
 * bootstrap([0.061, 0.058, 0.066, 0.059], median, { level: 0.9 }).percentile;
 * // resample examples instead of values: data are row numbers, the statistic looks them up
 * bootstrap(rowNumbers, (rows) => riskCoverageAreas(pick(scored, rows)).aurc.mean).bca;
 * ```
 * @see Efron, "Better bootstrap confidence intervals", 1987
 */
export function bootstrap(data: readonly number[], statistic: Statistic, options: BootstrapOptions = {}): Bootstrap {
  const { level = 0.95 } = options;
  requireOpenUnit("level", level);
  const count = requireNotEmpty("data", data);
  requireAllFinite("data", data);
  const rows = drawIndices(count, options);
  const replicates = Float64Array.from(rows, (row) => statistic(Array.from(row, (index) => data[index]!)));
  requireAllFinite("replicates", replicates);
  const estimate = statistic(data);
  const sorted = replicates.toSorted();
  const intervalAt = ([low, high]: readonly [number, number]): Interval => {
    return { low: quantileOfSorted(sorted, low), high: quantileOfSorted(sorted, high) };
  };
  const tail = (1 - level) / 2;
  const probabilities = bcaProbabilities({ data, statistic, estimate, replicates, tail });
  return {
    estimate,
    standardError: standardDeviation(replicates),
    percentile: intervalAt([tail, 1 - tail]),
    bca: probabilities === null ? null : intervalAt(probabilities),
    replicates,
  };
}
