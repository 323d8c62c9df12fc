import type { Outcomes } from "../predictions.ts";
import { requireOutcomes } from "../validation/requirePredictions.ts";
import { type BinningScheme, defaultScheme, requireScheme } from "./binningScheme.ts";
import { edgeBin, edgesOfChecked } from "./equalMassEdges.ts";
import { leftOpenBin, rightOpenBin } from "./equalWidthBin.ts";

/** Sums per bin: all that any binned calibration error needs. */
export interface BinTotals {
  /** n, all examples, dropped ones included. */
  readonly total: number;
  /** Examples per bin, empty bins included. */
  readonly counts: Float64Array;
  /** Sum of confidences per bin. */
  readonly confidenceSums: Float64Array;
  /** Sum of outcomes per bin. */
  readonly outcomeSums: Float64Array;
  /** Upper edge of each bin. */
  readonly upperEdges: Float64Array;
}

type BinOf = (value: number) => number;

function equalWidthBinning(scheme: BinningScheme): { binOf: BinOf; upperEdges: Float64Array } {
  const { bins, interval } = scheme;
  const extra = interval === "right-open" && scheme.one === "extra-bin";
  const upperEdges = new Float64Array(bins + (extra ? 1 : 0));
  for (let bin = 0; bin < upperEdges.length; bin++) upperEdges[bin] = Math.min(1, (bin + 1) / bins);
  const last = upperEdges.length - 1;
  const dropsZero = scheme.zero === "dropped";
  if (interval === "right-open") return { binOf: (value) => Math.min(last, rightOpenBin(value, bins)), upperEdges };
  return { binOf: (value) => (dropsZero && value === 0 ? -1 : leftOpenBin(value, bins)), upperEdges };
}

function binningOf(values: ArrayLike<number>, scheme: BinningScheme): { binOf: BinOf; upperEdges: Float64Array } {
  if (scheme.width === "equal-width") return equalWidthBinning(scheme);
  const upperEdges = Float64Array.from(edgesOfChecked(values, scheme.bins));
  return { binOf: (value) => edgeBin(value, upperEdges), upperEdges };
}

/**
 * The one binning kernel: counts and sums of confidence and outcome per bin.
 *
 * One pass, O(n) for equal width, O(n log n) for equal mass. Every named preset and every binned error of this package
 * is arithmetic on its result.
 *
 * @param outcomes - stated probabilities beside what happened
 * @param scheme - how to bin, the default preset's scheme when not given
 * @returns sums per bin, empty bins included
 * @throws {ArgumentError} when outcomes or scheme break a rule
 */
export function binOutcomes(outcomes: Outcomes, scheme: BinningScheme = defaultScheme): BinTotals {
  requireScheme(scheme);
  requireOutcomes(outcomes);
  return binChecked(outcomes, scheme);
}

/** {@link binOutcomes} of checked outcomes; about ten operations and 9 bytes read per example. */
export function binChecked(outcomes: Outcomes, scheme: BinningScheme): BinTotals {
  const total = outcomes.confidences.length;
  const { confidences, outcomes: events } = outcomes;
  const { binOf, upperEdges } = binningOf(confidences, scheme);
  const counts = new Float64Array(upperEdges.length);
  const confidenceSums = new Float64Array(upperEdges.length);
  const outcomeSums = new Float64Array(upperEdges.length);
  for (let index = 0; index < total; index++) {
    const confidence = confidences[index]!;
    const bin = binOf(confidence);
    if (bin < 0) continue;
    counts[bin]! += 1;
    confidenceSums[bin]! += confidence;
    outcomeSums[bin]! += events[index]!;
  }
  return { total, counts, confidenceSums, outcomeSums, upperEdges };
}
