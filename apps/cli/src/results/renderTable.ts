import type { Cell } from "@smoothsweep/contracts";
import { axisNames, formatSummary, formatValue, markCells, shortAxisNames } from "./formatCell.ts";

const metricColumns = [
  ["accuracy", "accuracy", 4],
  ["nll", "NLL", 4],
  ["ece", "ECE", 4],
  ["scaledEce", "ECE after T", 4],
  ["temperature", "T", 2],
] as const;

/**
 * The cells as a table: axis values, uniform-equivalent epsilon, seeds, and each metric as mean ± half of its 95 %
 * interval over seeds. A cell that was merged names the one it equals.
 */
export function renderTable(cells: readonly Cell[]): string {
  const axes = axisNames(cells);
  const marks = markCells(cells);
  const header = ["", ...shortAxisNames(axes), "e (uniform)", "seeds", ...metricColumns.map(([, title]) => title)];
  const rows = cells.map((cell) => [
    marks.get(cell.representativeId) ?? "",
    ...axes.map((axis) => formatValue(cell.values[axis])),
    cell.plan.canonicalEpsilon === null ? "-" : formatNumber(cell.plan.canonicalEpsilon),
    `${cell.completed}/${cell.trials}${provenanceBadge(cell)}`,
    ...metricValues(cell, marks),
  ]);
  return layOut([header, ...rows]);
}

function metricValues(cell: Cell, marks: ReadonlyMap<string, string>): string[] {
  if (cell.id !== cell.representativeId) return [`= ${marks.get(cell.representativeId)}, trained once`];
  const { metrics } = cell;
  if (metrics === null) return [cell.failed > 0 ? `${cell.failed} failed` : "no result"];
  return metricColumns.map(([name, , digits]) => formatSummary(metrics[name], digits));
}

/** What a cell owes to other sweeps: results taken over, and how repetitions compare with theirs. */
function provenanceBadge({ reused, audits }: Cell): string {
  const { identical, close, different } = audits;
  const parts = [
    ...(reused > 0 ? [`${reused} reused`] : []),
    ...(identical + close > 0 ? [`${identical + close} reproduced`] : []),
    ...(different > 0 ? [`${different} NOT reproduced`] : []),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** At most four decimals, without trailing zeros. */
function formatNumber(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** Columns padded to their widest entry, a rule under the header. */
function layOut(rows: readonly string[][]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((text, column) => {
      const isSpanning = column === row.length - 1 && row.length < rows[0]!.length;
      if (!isSpanning) widths[column] = Math.max(widths[column] ?? 0, text.length);
    });
  }
  const lines = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}
