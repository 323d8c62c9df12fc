/** Differences below this are rounding. */
const slack = 1e-12;

/**
 * Whether the off-diagonal part of a square matrix is that of some a_y u_k, as with one mixing vector for all classes.
 * The diagonal is ignored. O(K^2).
 *
 * With the largest entry at (r, p), every entry outside row p and column r must be M_yp M_rk / M_rp; row p must be a
 * multiple of row r, and column r of column p, outside those two; M_pr must then be the product of both multiples.
 */
export function isOffDiagonalRankOne(rows: readonly ArrayLike<number>[]): boolean {
  const size = rows.length;
  const { row, column, value } = largestOffDiagonal(rows);
  if (value <= slack) return true;
  for (let y = 0; y < size; y++) {
    if (y === column) continue;
    for (let k = 0; k < size; k++) {
      if (k === row || k === y) continue;
      if (!near(rows[y]![k]!, (rows[y]![column]! * rows[row]![k]!) / value)) return false;
    }
  }
  const others = Array.from(rows.keys()).filter((index) => index !== row && index !== column);
  const across = multiple(
    others.map((k) => rows[column]![k]!),
    others.map((k) => rows[row]![k]!),
  );
  const down = multiple(
    others.map((y) => rows[y]![row]!),
    others.map((y) => rows[y]![column]!),
  );
  if (across === null || down === null) return false;
  return across === "free" || down === "free" || near(rows[column]![row]!, across * down * value);
}

function largestOffDiagonal(rows: readonly ArrayLike<number>[]) {
  let found = { row: 0, column: 1, value: 0 };
  for (let y = 0; y < rows.length; y++) {
    for (let k = 0; k < rows.length; k++) {
      if (k !== y && rows[y]![k]! > found.value) found = { row: y, column: k, value: rows[y]![k]! };
    }
  }
  return found;
}

/** The factor c with values = c x base; "free" when both are zero throughout, null when there is none. */
function multiple(values: readonly number[], base: readonly number[]): number | "free" | null {
  const at = base.reduce((best, value, index) => (value > (base[best] ?? 0) ? index : best), -1);
  if (at === -1 || base[at]! <= slack) return values.every((value) => Math.abs(value) <= slack) ? "free" : null;
  const factor = values[at]! / base[at]!;
  return values.every((value, index) => near(value, factor * base[index]!)) ? factor : null;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= slack;
}
