/**
 * For each index the sum of all other values, in O(n) and without subtracting: a prefix sum plus a suffix sum, both
 * compensated. `total - value` would lose its digits where one value is nearly all of the total.
 */
export function sumsWithoutEach(values: readonly number[]): number[] {
  const result = new Array<number>(values.length).fill(0);
  const forwards = values.keys();
  const backwards = Array.from(values.keys()).reverse();
  for (const order of [forwards, backwards]) {
    let total = 0;
    let lost = 0;
    for (const index of order) {
      result[index]! += total + lost;
      const value = values[index]!;
      const next = total + value;
      lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
      total = next;
    }
  }
  return result;
}
