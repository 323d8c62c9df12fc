import { requireAllUnit, requireNotEmpty } from "../validation/requireArray.ts";
import { requirePositiveInteger } from "../validation/requireNumber.ts";

/**
 * Upper edges of bins that hold equally many values (Kumar 2019).
 *
 * Sort; split into min(B, n) chunks, the first `n mod B` one longer; an edge is halfway between the last value of a
 * chunk and the first of the next; the last edge is 1; duplicate edges are removed. Intervals are (lo, hi], so equal
 * values always share a bin, and there can be fewer bins than asked for.
 *
 * @param values - at least one value in [0, 1]; not changed
 * @param bins - B, a positive integer
 * @returns strictly increasing upper edges, the last one 1
 * @throws {ArgumentError} empty, value outside [0, 1], or bins not a positive integer
 * @see Kumar, Liang, Ma, "Verified uncertainty calibration", 2019
 */
export function equalMassEdges(values: ArrayLike<number>, bins: number): number[] {
  requireNotEmpty("values", values);
  requireAllUnit("values", values);
  requirePositiveInteger("bins", bins);
  return edgesOfChecked(values, bins);
}

/** {@link equalMassEdges} of checked values. */
export function edgesOfChecked(values: ArrayLike<number>, bins: number): number[] {
  const sorted = new Float64Array(values).sort();
  const chunks = Math.min(bins, sorted.length);
  const shortest = Math.floor(sorted.length / chunks);
  const longer = sorted.length % chunks;
  const edges: number[] = [];
  let end = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    end += shortest + (chunk < longer ? 1 : 0);
    const edge = chunk === chunks - 1 ? 1 : (sorted[end - 1]! + sorted[end]!) / 2;
    if (edges.length === 0 || edge > edges[edges.length - 1]!) edges.push(edge);
  }
  return edges;
}

/**
 * Bin of a value among bins given by their upper edges, intervals (lo, hi]: the first edge that is not below the value.
 *
 * @param value - at most the last edge
 * @param upperEdges - strictly increasing
 * @returns the bin index; O(log B)
 */
export function edgeBin(value: number, upperEdges: ArrayLike<number>): number {
  let low = 0;
  let high = upperEdges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= upperEdges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
