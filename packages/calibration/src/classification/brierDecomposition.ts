import { binOutcomes } from "../binning/binOutcomes.ts";
import { classColumn } from "../binning/forecastOutcomes.ts";
import { type BinningOptions, resolveScheme } from "../binning/presets.ts";
import type { Forecasts } from "../predictions.ts";
import { requireForecasts } from "../validation/requirePredictions.ts";
import { brierSum } from "./brierScore.ts";

/** Parts of the Brier score: `brier = reliability - resolution + uncertainty + withinBin`. */
export interface BrierDecomposition {
  /** Squared gap between stated and observed rate: 0 when calibrated. */
  readonly reliability: number;
  /** How far observed rates of the bins differ from the base rate: larger is better. */
  readonly resolution: number;
  /** Variance of the labels themselves: what a forecast of base rates would score. */
  readonly uncertainty: number;
  /** What is left because a bin mixes different values; 0 with one bin per distinct value. */
  readonly withinBin: number;
}

interface Group {
  count: number;
  stated: number;
  observed: number;
}

function distinctGroups(values: Float64Array, events: Uint8Array): Group[] {
  const groups = new Map<number, Group>();
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    const group = groups.get(value) ?? { count: 0, stated: 0, observed: 0 };
    group.count++;
    group.stated += value;
    group.observed += events[index]!;
    groups.set(value, group);
  }
  return [...groups.values()];
}

function binnedGroups(column: { confidences: Float64Array; outcomes: Uint8Array }, options: BinningOptions): Group[] {
  const totals = binOutcomes(column, resolveScheme(options));
  return Array.from(totals.counts, (count, bin) => ({
    count,
    stated: totals.confidenceSums[bin]!,
    observed: totals.outcomeSums[bin]!,
  })).filter((group) => group.count > 0);
}

/** Options of {@link brierDecomposition}: how to bin, or one bin per distinct value. */
export interface BrierDecompositionOptions extends BinningOptions {
  /** One bin per distinct probability, so that nothing is left within bins; `false` (default). */
  readonly distinctValues?: boolean;
}

/**
 * Brier score split into reliability, resolution, uncertainty and the rest within bins, summed over classes.
 *
 * Per class, with bins b of p_k: reliability `sum n_b / n (mean p - mean o)^2`, resolution
 * `sum n_b / n (mean o - base)^2`, uncertainty `base (1 - base)`; withinBin is what is missing to the Brier score.
 *
 * @param forecasts - probabilities with the original hard labels
 * @param options - binning, `default15` (default), or `distinctValues`
 * @returns the four parts
 * @throws {ArgumentError} when forecasts or options break a rule
 * @see Murphy, "A new vector partition of the probability score", 1973
 * @see Stephenson, Coelho, Jolliffe, "Two extra components in the Brier score decomposition", 2008
 */
export function brierDecomposition(forecasts: Forecasts, options: BrierDecompositionOptions = {}): BrierDecomposition {
  const { distinctValues = false, ...binning } = options;
  const count = requireForecasts(forecasts);
  let reliability = 0;
  let resolution = 0;
  let uncertainty = 0;
  for (let k = 0; k < forecasts.classCount; k++) {
    const column = classColumn(forecasts, k, count);
    const base = column.outcomes.reduce((sum, event) => sum + event, 0) / count;
    uncertainty += base * (1 - base);
    const groups = distinctValues ? distinctGroups(column.confidences, column.outcomes) : binnedGroups(column, binning);
    for (const group of groups) {
      const observed = group.observed / group.count;
      reliability += (group.count / count) * (group.stated / group.count - observed) ** 2;
      resolution += (group.count / count) * (observed - base) ** 2;
    }
  }
  const withinBin = brierSum(forecasts, count) - (reliability - resolution + uncertainty);
  return { reliability, resolution, uncertainty, withinBin };
}
