import { type Cell, type CellMetric, cellMetrics, type SweepDetail } from "@smoothsweep/contracts";
import { type Column, settingColumns } from "./sharedColumns.ts";

/** The table of cells: settings, how many trials are behind them, and each metric over seeds with its 95 % t interval. */
export function cellColumns(sweep: SweepDetail): Column<Cell>[] {
  return [
    ["sweep_id", () => sweep.id],
    ["cell_id", ({ id }) => id],
    ...settingColumns<Cell>(sweep, (cell) => cell),
    ["merged_into_cell_id", ({ id, representativeId }) => (representativeId === id ? null : representativeId)],
    ["trials", ({ trials }) => trials],
    ["completed", ({ completed }) => completed],
    ["failed", ({ failed }) => failed],
    ["reused", ({ reused }) => reused],
    ["audits_identical", ({ audits }) => audits.identical],
    ["audits_close", ({ audits }) => audits.close],
    ["audits_different", ({ audits }) => audits.different],
    ...(Object.keys(cellMetrics) as CellMetric[]).flatMap(summaryColumns),
  ];
}

function summaryColumns(metric: CellMetric): Column<Cell>[] {
  const name = snakeCase(metric);
  const unit = cellMetrics[metric].unit === "" ? "" : `_${snakeCase(cellMetrics[metric].unit)}`;
  return (["mean", "sd", "low", "high"] as const).map((statistic) => [
    `${name}_${statistic}${unit}`,
    ({ metrics }) => metrics?.[metric][statistic] ?? null,
  ]);
}

function snakeCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll(" ", "_");
}
