import type { Interval } from "../format/formatMeasure.ts";

/**
 * How far beyond the results an axis goes for the sake of intervals, as a fraction of the results' spread. A few results
 * leave room to show their intervals whole.
 */
const overhangOf = (resultCount: number): number => (resultCount <= 3 ? 3 : 1);

/**
 * The range an axis shows: every result, and intervals as far as they do not dwarf the results. With two seeds a 95 %
 * interval is 25 times as wide as their spread; shown whole it would squeeze everything else into a line.
 */
export function measureDomain(intervals: readonly Interval[], values: readonly number[] = []): [number, number] {
  const results = [...values, ...intervals.map((interval) => interval.mean)].filter(Number.isFinite);
  if (results.length === 0) return [0, 1];
  const [low, high] = [Math.min(...results), Math.max(...results)];
  const overhang = overhangOf(intervals.length);
  const spread = high - low || Math.abs(high) * 0.1 || 0.1;
  const lows = intervals.map((interval) => interval.low ?? interval.mean);
  const highs = intervals.map((interval) => interval.high ?? interval.mean);
  const [start, end] = [
    Math.max(Math.min(...lows, low), low - overhang * spread),
    Math.min(Math.max(...highs, high), high + overhang * spread),
  ];
  const margin = 0.05 * spread;
  return [start - margin, end + margin];
}
