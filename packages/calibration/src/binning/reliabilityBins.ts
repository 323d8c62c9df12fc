import type { Outcomes } from "../predictions.ts";
import { binOutcomes } from "./binOutcomes.ts";
import { type BinningOptions, resolveScheme } from "./presets.ts";

/** One bin of a reliability diagram that holds at least one example. */
export interface ReliabilityBin {
  /** Index of the bin, from 0. */
  readonly bin: number;
  /** Lower edge. */
  readonly lower: number;
  /** Upper edge. */
  readonly upper: number;
  /** Examples in the bin, at least 1. */
  readonly count: number;
  /** Mean stated probability in the bin. */
  readonly confidence: number;
  /** Share of examples in the bin whose event happened. */
  readonly accuracy: number;
  /** `accuracy - confidence`; positive means under-confident. */
  readonly gap: number;
}

/**
 * Table behind a reliability diagram: confidence, accuracy and count of every bin that is not empty.
 *
 * @param outcomes - stated probabilities beside what happened
 * @param options - preset, bin count or scheme; `default15` (default)
 * @returns bins in rising order
 * @throws {ArgumentError} when outcomes or options break a rule
 * @example
 * ```ts
 * reliabilityBins({ confidences: [0.9, 0.9], outcomes: [1, 0] });
 * // [{ bin: 13, lower: 0.8666666666666667, upper: 0.9333333333333333, count: 2, confidence: 0.9, accuracy: 0.5, gap: -0.4 }]
 * ```
 * @see DeGroot, Fienberg, "The comparison and evaluation of forecasters", 1983
 */
export function reliabilityBins(outcomes: Outcomes, options: BinningOptions = {}): ReliabilityBin[] {
  const totals = binOutcomes(outcomes, resolveScheme(options));
  const table: ReliabilityBin[] = [];
  for (let bin = 0; bin < totals.counts.length; bin++) {
    const count = totals.counts[bin]!;
    if (count === 0) continue;
    const confidence = totals.confidenceSums[bin]! / count;
    const accuracy = totals.outcomeSums[bin]! / count;
    const lower = bin === 0 ? 0 : totals.upperEdges[bin - 1]!;
    table.push({ bin, lower, upper: totals.upperEdges[bin]!, count, confidence, accuracy, gap: accuracy - confidence });
  }
  return table;
}
