import type { BinTotals } from "../binning/binOutcomes.ts";

/** The three norms of the gaps between accuracy and confidence of the same bins. */
export interface BinnedErrors {
  /** Expected calibration error: `sum n_b / n |gap_b|`. */
  readonly ece: number;
  /** Maximum calibration error: largest `|gap_b|` of a bin that is not empty. */
  readonly mce: number;
  /** Root mean squared calibration error: `sqrt(sum n_b / n gap_b^2)`. */
  readonly rmsce: number;
}

/** Gap of one bin, `accuracy - confidence`; 0 when it is empty. */
export function binGap(totals: BinTotals, bin: number): number {
  const count = totals.counts[bin]!;
  return count === 0 ? 0 : totals.outcomeSums[bin]! / count - totals.confidenceSums[bin]! / count;
}

/**
 * ECE, MCE and RMSCE of sums per bin.
 *
 * @param totals - from {@link binOutcomes}
 * @returns the three errors, each in [0, 1]
 */
export function binnedErrors(totals: BinTotals): BinnedErrors {
  let ece = 0;
  let mce = 0;
  let squares = 0;
  for (let bin = 0; bin < totals.counts.length; bin++) {
    const gap = Math.abs(binGap(totals, bin));
    const share = totals.counts[bin]! / totals.total;
    ece += share * gap;
    squares += share * gap * gap;
    mce = Math.max(mce, gap);
  }
  return { ece: Math.min(1, ece), mce, rmsce: Math.min(1, Math.sqrt(squares)) };
}
