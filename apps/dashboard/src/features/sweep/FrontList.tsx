import { useMemo } from "react";
import { SymbolIcon } from "../../charts/ScatterLegend.tsx";
import { columnStyle, metricDisplays } from "../../format/metricDisplay.ts";
import { Measure } from "../../ui/Measure.tsx";
import type { CellEncoding } from "./cellEncoding.ts";
import type { CellRow } from "./model/cellRows.ts";
import { type CalibrationMetric, scatterPoints } from "./model/scatterPoints.ts";

/** Props of {@link FrontList}. */
export interface FrontListProps {
  rows: readonly CellRow[];
  encoding: CellEncoding;
  metric: CalibrationMetric;
  onSelect: (cellId: string) => void;
}

/** The cells that no other one beats in both means, the best calibrated first. */
export function FrontList({ rows, encoding, metric, onSelect }: FrontListProps) {
  const front = useMemo(() => {
    const points = scatterPoints(rows, metric).filter((point) => point.isOnFront);
    return points.sort((a, b) => a.miscalibration.mean - b.miscalibration.mean);
  }, [rows, metric]);
  if (front.length === 0) return <p className="muted">They are listed here as soon as a trial has completed.</p>;
  const calibrationStyle = columnStyle(
    front.map((point) => point.miscalibration),
    metricDisplays[metric],
  );
  const accuracyStyle = columnStyle(
    front.map((point) => point.accuracy),
    metricDisplays.accuracy,
  );
  return (
    <>
      <table className="seeds">
        <thead>
          <tr>
            <th scope="col">cell</th>
            <th scope="col" className="number">
              {metricDisplays[metric].heading}
            </th>
            <th scope="col" className="number">
              {metricDisplays.accuracy.heading}
            </th>
          </tr>
        </thead>
        <tbody>
          {front.map((point) => (
            <tr key={point.id}>
              <td>
                <button type="button" className="link front-link" onClick={() => onSelect(point.id)}>
                  <SymbolIcon
                    symbol={encoding.symbols.get(point.convention) ?? "circle"}
                    color={encoding.colors.get(point.epsilon) ?? "currentColor"}
                    isHollow={encoding.strategies.indexOf(point.strategy) > 0}
                  />
                  {point.name}
                </button>
              </td>
              <td className="number">
                <Measure interval={point.miscalibration} style={calibrationStyle} />
              </td>
              <td className="number">
                <Measure interval={point.accuracy} style={accuracyStyle} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="caption">
        No other cell has both a better mean accuracy and a better mean {metricDisplays[metric].name}.
      </p>
    </>
  );
}
