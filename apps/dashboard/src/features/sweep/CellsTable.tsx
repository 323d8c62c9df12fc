import type { CellMetric } from "@smoothsweep/contracts";
import { useMemo, useState } from "react";
import { formatCount } from "../../format/formatCount.ts";
import type { MeasureStyle } from "../../format/formatMeasure.ts";
import { columnStyle, metricDisplays } from "../../format/metricDisplay.ts";
import { CellsTableHead } from "./CellsTableHead.tsx";
import { CellTableRow } from "./CellTableRow.tsx";
import type { CellEncoding } from "./cellEncoding.ts";
import { axisLabel, type CellRow } from "./model/cellRows.ts";
import { cellOrigins } from "./model/origins.ts";
import { scatterPoints } from "./model/scatterPoints.ts";
import { type CellSortKey, naturalOrder, sortCells } from "./model/sortCells.ts";
import { type ChangeSearch, calibrationMetric, type SweepSearch } from "./sweepSearch.ts";

/** Metrics the table has a column for. */
export const tableMetrics = [
  "accuracy",
  "nll",
  "ece",
  "scaledEce",
  "temperature",
  "signedGap",
] as const satisfies CellMetric[];

/** Rows drawn before one asks for all: enough to read, few enough to be redrawn twice a second. */
const rowsShownMax = 300;

/** Props of {@link CellsTable}. */
export interface CellsTableProps {
  rows: readonly CellRow[];
  encoding: CellEncoding;
  search: SweepSearch;
  onSearch: ChangeSearch;
  onSelect: (cellId: string) => void;
}

/** Every cell with its metrics over seeds. */
export function CellsTable({ rows, encoding, search, onSearch, onSelect }: CellsTableProps) {
  const metric = calibrationMetric(search);
  const sort = search.sort ?? "number";
  const order = search.order ?? naturalOrder(sort);
  const sorted = useMemo(() => sortCells(rows, sort, order), [rows, sort, order]);
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? sorted : sorted.slice(0, rowsShownMax);
  const styles = useMemo(() => columnStyles(rows), [rows]);
  const frontIds = useMemo(() => frontIdsOf(rows, metric), [rows, metric]);
  const otherAxes = rows[0]?.otherAxes.map(({ path }) => ({ path, label: axisLabel(path) })) ?? [];
  const changeSort = (key: CellSortKey) => {
    const next = key === sort && order === naturalOrder(key) ? flipped(order) : undefined;
    onSearch({ sort: key === "number" ? undefined : key, order: next });
  };
  return (
    <section className="panel" aria-labelledby="cells-table-title">
      <h2 id="cells-table-title">Cells</h2>
      <div className="table-scroll">
        <table className="cells-table" data-testid="cells-table">
          <CellsTableHead otherAxes={otherAxes} sort={sort} order={order} onSort={changeSort} />
          <tbody>
            {shown.map((row) => (
              <CellTableRow
                key={row.cell.id}
                row={row}
                styles={styles}
                encoding={encoding}
                isSelected={row.cell.id === search.cell}
                isOnFront={frontIds.has(row.cell.id)}
                onSelect={onSelect}
              />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < sorted.length && (
        <button type="button" onClick={() => setIsWhole(true)}>
          Show all {formatCount(sorted.length)} cells
        </button>
      )}
      <p className="caption">
        Mean ± half-width of the 95 % t interval over seeds, on the test rows. T is fitted on validation. Signed gap is
        confidence − accuracy: positive is overconfident. ◆ no other cell is better in both accuracy and the chosen ECE.
        {rows.some(({ cell }) => cellOrigins(cell).length > 0) &&
          " Seeds: ↺ with the result of another sweep, ✓ trained again and the same, ≠ trained again and different."}
      </p>
    </section>
  );
}

function flipped(order: "asc" | "desc"): "asc" | "desc" {
  return order === "asc" ? "desc" : "asc";
}

/** One number of decimals for each column, from the half-widths in it. */
function columnStyles(rows: readonly CellRow[]): Readonly<Record<CellMetric, MeasureStyle>> {
  const entries = tableMetrics.map((metric) => {
    const intervals = rows.flatMap((row) => (row.metrics === null ? [] : [row.metrics[metric]]));
    return [metric, columnStyle(intervals, metricDisplays[metric])] as const;
  });
  return { ...metricDisplays, ...Object.fromEntries(entries) };
}

function frontIdsOf(rows: readonly CellRow[], metric: "ece" | "scaledEce"): ReadonlySet<string> {
  return new Set(scatterPoints(rows, metric).flatMap((point) => (point.isOnFront ? [point.id] : [])));
}
