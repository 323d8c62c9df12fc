import type { CellMetric } from "@smoothsweep/contracts";
import { SymbolIcon } from "../../charts/ScatterLegend.tsx";
import type { MeasureStyle } from "../../format/formatMeasure.ts";
import { Measure } from "../../ui/Measure.tsx";
import { OriginBadges } from "../../ui/OriginBadges.tsx";
import { tableMetrics } from "./CellsTable.tsx";
import type { CellEncoding } from "./cellEncoding.ts";
import type { CellRow } from "./model/cellRows.ts";
import { cellOrigins } from "./model/origins.ts";

/** Props of {@link CellTableRow}. */
export interface CellTableRowProps {
  row: CellRow;
  styles: Readonly<Record<CellMetric, MeasureStyle>>;
  encoding: CellEncoding;
  isSelected: boolean;
  isOnFront: boolean;
  onSelect: (cellId: string) => void;
}

/** One cell of the table. A click anywhere selects it; the button does the same for the keyboard. */
export function CellTableRow(props: CellTableRowProps) {
  const { row, encoding, isSelected, isOnFront, onSelect } = props;
  const { cell } = row;
  const { plan } = cell;
  return (
    <tr
      data-testid="cell-row"
      data-cell-id={cell.id}
      data-selected={isSelected}
      data-equivalent={row.equivalentTo !== null}
      onClick={() => onSelect(cell.id)}
    >
      <th scope="row">
        <button
          type="button"
          className="link"
          aria-pressed={isSelected}
          aria-label={`Select cell ${row.number}, ${row.name}`}
        >
          {row.number}
        </button>
      </th>
      <td className="epsilon">
        <SymbolIcon
          symbol={encoding.symbols.get(plan.convention) ?? "circle"}
          color={encoding.colors.get(plan.epsilon) ?? "currentColor"}
          isHollow={encoding.strategies.indexOf(plan.strategy) > 0}
        />
        {plan.epsilon}
      </td>
      <td>{plan.convention}</td>
      <td>{plan.strategy}</td>
      {row.otherAxes.map(({ path, value }) => (
        <td key={path}>{String(value)}</td>
      ))}
      <td className="number" title={plan.explanation}>
        {plan.canonicalEpsilon === null ? "none" : Number(plan.canonicalEpsilon.toFixed(4))}
      </td>
      <td className="number">
        {cell.completed}
        {cell.completed < cell.trials && <span className="muted">/{cell.trials}</span>}
        {cell.failed > 0 && <span className="failed-text"> ({cell.failed} failed)</span>}
        <OriginBadges origins={cellOrigins(cell)} isShort />
      </td>
      <MetricCells {...props} isOnFront={isOnFront} />
    </tr>
  );
}

function MetricCells({ row, styles, isOnFront }: CellTableRowProps) {
  if (row.equivalentTo !== null) {
    return (
      <>
        <td className="number">= cell {row.equivalentTo}</td>
        <td colSpan={tableMetrics.length - 1} />
      </>
    );
  }
  const { metrics } = row;
  return tableMetrics.map((metric) => (
    <td key={metric} className="number">
      {metric === "accuracy" && isOnFront && (
        <span className="front-mark" title="on the front">
          ◆
        </span>
      )}
      {metrics === null ? (
        <span className="muted">–</span>
      ) : (
        <Measure interval={metrics[metric]} style={styles[metric]} />
      )}
    </td>
  ));
}
