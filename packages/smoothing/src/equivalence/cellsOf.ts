/** Values closer than this are one value. */
const mergeDistance = 4e-12;

/** Width of a cell. Values that differ by more always get different numbers. */
const cellWidth = 1e-10;

/** The fractional shift of the cells, irrational: no decimal and no fraction of small whole numbers lies on an edge. */
const shift = 0.7548776662466927;

/**
 * Numbers as whole numbers of cells, such that numbers that differ only by rounding get the same cell.
 *
 * A plain `round(x / width)` breaks wherever a value lies on the edge of a cell, and 1/8192 or 2/3 e may well do so.
 * Here (1) the edges are shifted by an irrational amount, so that decimals of up to ten digits and fractions with
 * small denominators stay far from them; (2) values within rounding of each other are first merged, so that one list
 * asks once, not once for each element; (3) the width is a million times the rounding error of a target. What is left
 * is a chance of about one in a million for each distinct transcendental value that was computed in two ways.
 */
export function cellsOf(values: readonly number[]): number[] {
  const distinct = Float64Array.from(new Set(values)).sort();
  const cells = new Map<number, number>();
  let leader = Number.NEGATIVE_INFINITY;
  for (const value of distinct) {
    if (value - leader > mergeDistance * Math.max(1, Math.abs(value))) leader = value;
    cells.set(value, Math.floor(leader / cellWidth + shift));
  }
  return values.map((value) => cells.get(value)!);
}
