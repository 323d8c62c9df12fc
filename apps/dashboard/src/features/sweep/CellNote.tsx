import type { CellMetric } from "@smoothsweep/contracts";
import { formatMeasure } from "../../format/formatMeasure.ts";
import { columnStyle, metricDisplays } from "../../format/metricDisplay.ts";
import { Measure } from "../../ui/Measure.tsx";
import type { CellRow } from "./model/cellRows.ts";

const notedMetrics = ["accuracy", "ece", "scaledEce", "nll"] as const satisfies CellMetric[];

/** A cell in short: what it is, what it means, how it did. */
export function CellNote({ row }: { row: CellRow }) {
  const { cell, metrics } = row;
  return (
    <>
      <p className="note-title">{row.name}</p>
      <p className="note-plan">{cell.plan.explanation}</p>
      {row.equivalents.length > 0 && (
        <p className="note-plan">
          Also trained for {row.equivalents.length === 1 ? "cell" : "cells"} {row.equivalents.join(", ")}.
        </p>
      )}
      {metrics !== null && (
        <dl className="note-metrics">
          {notedMetrics.map((metric) => (
            <div key={metric}>
              <dt>{metricDisplays[metric].name}</dt>
              <dd>
                <Measure
                  interval={metrics[metric]}
                  style={columnStyle([metrics[metric]], metricDisplays[metric])}
                  unit={metricDisplays[metric].unit}
                />
              </dd>
            </div>
          ))}
          <div>
            <dt>seeds</dt>
            <dd>{metrics.accuracy.n}</dd>
          </div>
        </dl>
      )}
    </>
  );
}

/** The same for a screen reader, in one line. */
export function cellNoteText(row: CellRow | undefined): string {
  if (row?.metrics == null) return row?.name ?? "";
  const { metrics } = row;
  const parts = (["accuracy", "ece"] as const).map((metric) => {
    const display = metricDisplays[metric];
    const { mean, halfWidth } = formatMeasure(metrics[metric], columnStyle([metrics[metric]], display));
    return `${display.name} ${mean}${halfWidth === null ? "" : ` plus or minus ${halfWidth}`} ${display.unit}`;
  });
  return [row.name, ...parts].join(", ");
}
