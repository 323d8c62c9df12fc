import type { AxisValue, Cell, MetricSummary } from "@smoothsweep/contracts";

/** Mean and half the width of its 95 % interval: "0.9512 ± 0.0021"; without an interval just the mean. */
export function formatSummary(summary: MetricSummary, digits: number): string {
  const mean = summary.mean.toFixed(digits);
  if (summary.low === null || summary.high === null) return mean;
  return `${mean} ± ${((summary.high - summary.low) / 2).toFixed(digits)}`;
}

/** An axis value as a person reads it. */
export function formatValue(value: AxisValue | undefined): string {
  return value === undefined ? "" : String(value);
}

/** The axes of the cells, in the order of the specification. */
export function axisNames(cells: readonly Cell[]): string[] {
  return Object.keys(cells[0]?.values ?? {});
}

/** "smoothing.epsilon" -> "epsilon"; the whole path where two axes would look the same. */
export function shortAxisNames(paths: readonly string[]): string[] {
  const lastPart = (path: string) => (path.endsWith(".kind") ? path.split(".").at(-2) : path.split(".").at(-1)) ?? path;
  const shortened = paths.map(lastPart);
  return shortened.map((name, index) =>
    shortened.indexOf(name) === shortened.lastIndexOf(name) ? name : paths[index]!,
  );
}

/** A, B, ... Z, a, b, ... z, then #: the mark of a cell in table and plot. */
export function markOf(index: number): string {
  return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[index] ?? "#";
}

/** Cells that are trained, each with its mark; the others repeat one of them. */
export function markCells(cells: readonly Cell[]): Map<string, string> {
  const own = cells.filter(({ id, representativeId }) => id === representativeId);
  return new Map(own.map(({ id }, index) => [id, markOf(index)]));
}
