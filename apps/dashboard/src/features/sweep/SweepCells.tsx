import type { SweepDetail } from "@smoothsweep/contracts";
import { useMemo } from "react";
import { CELLS_SHOWN_MAX, TRIALS_SHOWN_MAX, useSweepCells, useSweepTrials } from "../../api/queries.ts";
import { useColorScheme } from "../../charts/colorScheme.ts";
import { symbolsOf } from "../../charts/conventionSymbols.ts";
import { epsilonColors } from "../../charts/epsilonColors.ts";
import { ErrorNotice } from "../../ui/ErrorNotice.tsx";
import { CalibrationSection } from "./CalibrationSection.tsx";
import { CellDetails } from "./CellDetails.tsx";
import { CellsGrid } from "./CellsGrid.tsx";
import { CellsTable } from "./CellsTable.tsx";
import type { CellEncoding } from "./cellEncoding.ts";
import { FrontList } from "./FrontList.tsx";
import { cellRows, representativeRow } from "./model/cellRows.ts";
import { ResponseSection } from "./ResponseSection.tsx";
import { type ChangeSearch, calibrationMetric, type SweepSearch } from "./sweepSearch.ts";

/** Props of {@link SweepCells}. */
export interface SweepCellsProps {
  sweep: SweepDetail;
  search: SweepSearch;
  onSearch: ChangeSearch;
}

/** The cells of a sweep in four linked views: grid, scatter, response, table. */
export function SweepCells({ sweep, search, onSearch }: SweepCellsProps) {
  const cells = useSweepCells(sweep.id);
  const trials = useSweepTrials(sweep.id);
  const rows = useMemo(() => cellRows(cells.data ?? []), [cells.data]);
  const encoding = useCellEncoding(rows);
  const selected = rows.find((row) => row.cell.id === search.cell);
  const select = (cellId: string) => onSearch({ cell: cellId === search.cell ? undefined : cellId });
  const openTrial = (trial: string) => onSearch({ trial });
  const error = cells.error ?? trials.error;
  if (cells.data === undefined) {
    if (error === null) return <p className="loading">Reading cells …</p>;
    return <ErrorNotice error={error} what="the cells" onRetry={() => void cells.refetch()} />;
  }
  const view = { rows, encoding, search, onSearch, onSelect: select };
  return (
    <>
      {rows.length === CELLS_SHOWN_MAX && (
        <p className="muted">
          At most {CELLS_SHOWN_MAX} cells are drawn and compared here: <code>smoothsweep export {sweep.id}</code> writes
          all.
        </p>
      )}
      <div className="sweep-overview">
        <div className="sweep-aside">
          <CellsGrid
            rows={rows}
            trials={trials.data}
            selectedId={search.cell}
            openTrialId={search.trial}
            onOpenTrial={openTrial}
          />
          {sweep.counts.asked > TRIALS_SHOWN_MAX && (
            <p className="muted">The grid draws the first {TRIALS_SHOWN_MAX} trials.</p>
          )}
          <section className="panel cell-panel">
            <h2>{selected === undefined ? "Best trade-offs" : `Cell ${selected.number}`}</h2>
            {selected === undefined ? (
              <FrontList rows={rows} encoding={encoding} metric={calibrationMetric(search)} onSelect={select} />
            ) : (
              <CellDetails row={selected} rows={rows} trials={trials.data} onOpenTrial={openTrial} onSelect={select} />
            )}
          </section>
        </div>
        <CalibrationSection {...view} selectedId={representativeRow(rows, search.cell)?.cell.id} />
      </div>
      <CellsTable {...view} />
      <ResponseSection {...view} />
    </>
  );
}

function useCellEncoding(rows: ReturnType<typeof cellRows>): CellEncoding {
  const scheme = useColorScheme();
  const plans = rows.map((row) => row.cell.plan);
  const key = JSON.stringify(plans.map(({ epsilon, convention, strategy }) => [epsilon, convention, strategy]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what of the plans matters, so that charts are drawn anew only then
  return useMemo(
    () => ({
      colors: epsilonColors(
        plans.map((plan) => plan.epsilon),
        scheme,
      ),
      symbols: symbolsOf(plans.map((plan) => plan.convention)),
      strategies: [...new Set(plans.map((plan) => plan.strategy))],
    }),
    [key, scheme],
  );
}
