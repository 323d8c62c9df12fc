import type { Trial, TrialState } from "@smoothsweep/contracts";
import { type CSSProperties, memo, useMemo } from "react";
import type { CellRow } from "./model/cellRows.ts";
import { type GridCell, gridLayout } from "./model/gridLayout.ts";
import { presentOrigins } from "./model/origins.ts";
import { TrialSquare } from "./TrialSquare.tsx";

/** Props of {@link CellsGrid}. */
export interface CellsGridProps {
  rows: readonly CellRow[];
  trials: readonly Trial[] | undefined;
  selectedId: string | undefined;
  openTrialId: string | undefined;
  onOpenTrial: (trialId: string) => void;
}

const legendStates: readonly TrialState[] = ["pending", "running", "completed", "failed"];

/** Every trial as a small square, by epsilon and by everything else. */
export function CellsGrid({ rows, trials, selectedId, openTrialId, onOpenTrial }: CellsGridProps) {
  const grid = useMemo(() => gridLayout(rows, trials ?? []), [rows, trials]);
  return (
    <section className="panel" aria-labelledby="cells-grid-title">
      <h2 id="cells-grid-title">Trials</h2>
      <div className="grid-scroll">
        <table className="cells-grid" data-testid="cells-grid">
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">convention · strategy, by </span>
                <span className="grid-axis">ε</span>
              </th>
              {grid.epsilons.map((epsilon) => (
                <th key={epsilon} scope="col">
                  {epsilon}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.lines.map(({ label, cells }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {cells.map((cell, index) => (
                  <td key={grid.epsilons[index]} data-selected={cell !== null && cell.row.cell.id === selectedId}>
                    {cell !== null && <GridSquares cell={cell} openTrialId={openTrialId} onOpenTrial={onOpenTrial} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="grid-legend">
        {legendStates.map((state) => (
          <li key={state}>
            <span className="trial-square" data-state={state} aria-hidden="true" /> {state}
          </li>
        ))}
        <li>
          <span className="trial-square" data-state="completed" data-equivalent="true" aria-hidden="true" /> equivalent
        </li>
        {presentOrigins(trials ?? []).map(({ kind, name }) => (
          <li key={kind}>
            <span className="trial-square" data-state="completed" data-origin={kind} aria-hidden="true" /> {name}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Few seeds stand in one line, many in lines of five. */
function columnsFor(seedCount: number): number {
  return seedCount <= 4 ? Math.max(1, seedCount) : 5;
}

interface GridSquaresProps {
  cell: GridCell;
  openTrialId: string | undefined;
  onOpenTrial: (trialId: string) => void;
}

const GridSquares = memo(function GridSquares({ cell, openTrialId, onOpenTrial }: GridSquaresProps) {
  return (
    <div className="grid-squares" style={{ "--columns": columnsFor(cell.trials.length) } as CSSProperties}>
      {cell.trials.map((gridTrial) => (
        <TrialSquare
          key={gridTrial.trial.id}
          gridTrial={gridTrial}
          cellName={cell.row.name}
          isOpen={gridTrial.trial.id === openTrialId}
          onOpen={onOpenTrial}
        />
      ))}
    </div>
  );
});
