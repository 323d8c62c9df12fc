import type { ReactNode } from "react";
import { metricDisplays } from "../../format/metricDisplay.ts";
import { tableMetrics } from "./CellsTable.tsx";
import type { CellSortKey } from "./model/sortCells.ts";

/** Props of {@link CellsTableHead}. */
export interface CellsTableHeadProps {
  otherAxes: readonly { path: string; label: string }[];
  sort: CellSortKey;
  order: "asc" | "desc";
  onSort: (key: CellSortKey) => void;
}

/** The heads of the table of cells; those that can be sorted by are buttons. */
export function CellsTableHead({ otherAxes, sort, order, onSort }: CellsTableHeadProps) {
  const sortable = (key: CellSortKey, text: ReactNode, isNumber = true) => (
    <th
      key={key}
      scope="col"
      className={isNumber ? "number" : undefined}
      aria-sort={key === sort ? (order === "asc" ? "ascending" : "descending") : undefined}
    >
      <button type="button" className="sort" onClick={() => onSort(key)}>
        {text}
        <span className="sort-arrow" aria-hidden="true">
          {key === sort ? (order === "asc" ? "↑" : "↓") : ""}
        </span>
      </button>
    </th>
  );
  return (
    <thead>
      <tr>
        {sortable("number", "cell", false)}
        {sortable("epsilon", "ε", false)}
        <th scope="col">convention</th>
        <th scope="col">strategy</th>
        {otherAxes.map(({ path, label }) => (
          <th key={path} scope="col" title={path}>
            {label}
          </th>
        ))}
        {sortable("canonicalEpsilon", "canonical ε")}
        <th scope="col" className="number">
          seeds
        </th>
        {tableMetrics.map((metric) => sortable(metric, metricDisplays[metric].heading))}
      </tr>
    </thead>
  );
}
