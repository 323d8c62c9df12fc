/**
 * Bin of a value among B bins of equal width with intervals (lo, hi]; 0 is in the first bin.
 *
 * Edges are `i / B`, each one division, as the golden definitions ask: multiplying `1 / B` by i gives other doubles.
 * The guess from a product is at most one bin off and is corrected against the true edges.
 *
 * @param value - in [0, 1]
 * @param bins - B, a positive integer
 * @returns the bin index in 0..B-1
 */
export function leftOpenBin(value: number, bins: number): number {
  let bin = Math.min(bins - 1, Math.max(0, Math.ceil(value * bins) - 1));
  while (bin > 0 && value <= bin / bins) bin--;
  while (bin < bins - 1 && value > (bin + 1) / bins) bin++;
  return bin;
}

/**
 * Bin of a value among B bins of equal width with intervals [lo, hi); the value 1 falls past the last, into index B.
 *
 * @param value - in [0, 1]
 * @param bins - B, a positive integer
 * @returns the bin index in 0..B
 */
export function rightOpenBin(value: number, bins: number): number {
  let bin = Math.min(bins, Math.floor(value * bins));
  while (bin > 0 && value < bin / bins) bin--;
  while (bin < bins && value >= (bin + 1) / bins) bin++;
  return bin;
}
