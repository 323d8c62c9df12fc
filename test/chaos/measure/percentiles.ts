export interface Spread {
  count: number;
  p50: number;
  p95: number;
  max: number;
}

/** Median, 95th percentile (nearest rank) and maximum; undefined of nothing. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { count: sorted.length, p50: rank(0.5), p95: rank(0.95), max: rank(1) };
}
