import { type CellMetric, cellMetrics } from "@smoothsweep/contracts";
import type { CellRow } from "./cellRows.ts";

const planKeys = ["number", "epsilon", "canonicalEpsilon"] as const;

/** What the table of cells can be sorted by. */
export type CellSortKey = (typeof planKeys)[number] | CellMetric;

/** Whether a value from the address bar is a sort key. */
export function isCellSortKey(value: unknown): value is CellSortKey {
  return typeof value === "string" && (planKeys.some((key) => key === value) || value in cellMetrics);
}

/** The direction a first click sorts in: the best cells first. */
export function naturalOrder(key: CellSortKey): "asc" | "desc" {
  return key in cellMetrics && cellMetrics[key as CellMetric].direction === "up" ? "desc" : "asc";
}

function sortValue(row: CellRow, key: CellSortKey): number | null {
  if (key === "number") return row.number;
  if (key === "epsilon") return row.cell.plan.epsilon;
  if (key === "canonicalEpsilon") return row.cell.plan.canonicalEpsilon;
  const mean = row.metrics?.[key].mean ?? null;
  // Zero is the best gap, whatever its sign.
  return mean !== null && cellMetrics[key].direction === "zero" ? Math.abs(mean) : mean;
}

/** Rows by a key; those without a value come last in either direction, ties keep the order of the axes. */
export function sortCells(rows: readonly CellRow[], key: CellSortKey, order: "asc" | "desc"): CellRow[] {
  const sign = order === "asc" ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [left, right] = [sortValue(a, key), sortValue(b, key)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || a.number - b.number;
    return sign * (left - right) || a.number - b.number;
  });
}
