import type { Trial } from "@smoothsweep/contracts";
import { formatNumber } from "../../format/formatMeasure.ts";
import { metricDisplays } from "../../format/metricDisplay.ts";
import { OriginBadges } from "../../ui/OriginBadges.tsx";
import { StatePill } from "../../ui/StatePill.tsx";
import { CellNote } from "./CellNote.tsx";
import type { CellRow } from "./model/cellRows.ts";
import { trialOrigins } from "./model/origins.ts";

/** Props of {@link CellDetails}. */
export interface CellDetailsProps {
  row: CellRow;
  rows: readonly CellRow[];
  trials: readonly Trial[] | undefined;
  onOpenTrial: (trialId: string) => void;
  onSelect: (cellId: string) => void;
}

/** The selected cell with a line for each of its seeds. */
export function CellDetails({ row, rows, trials = [], onOpenTrial, onSelect }: CellDetailsProps) {
  const own = trials.filter((trial) => trial.cellId === row.cell.id);
  const representative = row.equivalentTo === null ? undefined : rows[row.equivalentTo - 1];
  return (
    <div className="cell-details" data-testid="cell-details">
      <CellNote row={row} />
      {representative !== undefined && (
        <p className="note-plan">
          Not trained again: the loss sees the same targets as in{" "}
          <button type="button" className="link" onClick={() => onSelect(representative.cell.id)}>
            cell {representative.number}, {representative.name}
          </button>
          .
        </p>
      )}
      <table className="seeds">
        <thead>
          <tr>
            <th scope="col">seed</th>
            <th scope="col">state</th>
            <th scope="col" className="number">
              {metricDisplays.accuracy.heading}
            </th>
            <th scope="col" className="number">
              {metricDisplays.ece.heading}
            </th>
          </tr>
        </thead>
        <tbody>
          {own.map((trial) => (
            <SeedRow key={trial.id} trial={trial} onOpenTrial={onOpenTrial} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SeedRow({ trial, onOpenTrial }: { trial: Trial; onOpenTrial: (trialId: string) => void }) {
  const test = trial.metrics?.test;
  return (
    <tr>
      <td>
        <button type="button" className="link" onClick={() => onOpenTrial(trial.id)}>
          seed {trial.seed}
        </button>
      </td>
      <td>
        <StatePill state={trial.state} /> <OriginBadges origins={trialOrigins(trial)} />
      </td>
      <td className="number">{test === undefined ? "–" : formatNumber(test.accuracy, metricDisplays.accuracy)}</td>
      <td className="number">{test === undefined ? "–" : formatNumber(test.ece, metricDisplays.ece)}</td>
    </tr>
  );
}
