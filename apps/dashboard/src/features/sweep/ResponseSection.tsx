import { type CellMetric, cellMetrics } from "@smoothsweep/contracts";
import { useMemo } from "react";
import { epsilonResponsePlot, type ResponsePoint, responseColors } from "../../charts/epsilonResponsePlot.ts";
import { PlotFigure } from "../../charts/PlotFigure.tsx";
import { SymbolIcon } from "../../charts/ScatterLegend.tsx";
import { metricDisplays } from "../../format/metricDisplay.ts";
import type { CellEncoding } from "./cellEncoding.ts";
import type { CellRow } from "./model/cellRows.ts";
import type { ChangeSearch, SweepSearch } from "./sweepSearch.ts";

/** Props of {@link ResponseSection}. */
export interface ResponseSectionProps {
  rows: readonly CellRow[];
  encoding: CellEncoding;
  search: SweepSearch;
  onSearch: ChangeSearch;
}

const metrics = Object.keys(cellMetrics) as CellMetric[];
const responseHeight = (width: number): number => Math.round(Math.min(320, Math.max(240, width * 0.3)));

/** How one metric answers to the uniform-equivalent epsilon. */
export function ResponseSection({ rows, encoding, search, onSearch }: ResponseSectionProps) {
  const metric = search.metric ?? "ece";
  const points = useMemo(() => responsePoints(rows, metric), [rows, metric]);
  const display = metricDisplays[metric];
  const epsilonDomain = useMemo(() => canonicalDomain(rows), [rows]);
  const options = useMemo(
    () =>
      epsilonResponsePlot(points, {
        ...encoding,
        heading: display.heading,
        scale: display.scale,
        hasZero: display.direction === "zero",
        epsilonDomain,
      }),
    [points, encoding, display, epsilonDomain],
  );
  if (new Set(points.map((point) => point.canonicalEpsilon)).size < 2) return null;
  const colors = responseColors(encoding.symbols);
  return (
    <section className="panel" aria-labelledby="response-title">
      <div className="panel-head">
        <h2 id="response-title">Response to ε</h2>
        <label className="select-label">
          metric{" "}
          <select
            value={metric}
            onChange={(event) => {
              const chosen = event.target.value as CellMetric;
              onSearch({ metric: chosen === "ece" ? undefined : chosen });
            }}
          >
            {metrics.map((name) => (
              <option key={name} value={name}>
                {metricDisplays[name].name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="legend">
        <dl>
          <dt>convention</dt>
          {[...encoding.symbols].map(([convention, symbol]) => (
            <dd key={convention}>
              <SymbolIcon symbol={symbol} color={colors.get(convention) ?? "currentColor"} />
              {convention}
            </dd>
          ))}
        </dl>
      </div>
      <PlotFigure
        label={`${display.name} against canonical epsilon`}
        height={responseHeight}
        options={options}
        testId="response"
      />
      <p className="caption">
        Canonical ε is the uniform-equivalent strength, so that conventions can be compared. Bands are 95 % t intervals
        over seeds.
      </p>
    </section>
  );
}

function canonicalDomain(rows: readonly CellRow[]): [number, number] {
  const epsilons = rows.flatMap((row) => row.cell.plan.canonicalEpsilon ?? []);
  return [Math.min(...epsilons), Math.max(...epsilons)];
}

function responsePoints(rows: readonly CellRow[], metric: CellMetric): ResponsePoint[] {
  return rows.flatMap(({ cell, metrics: summaries }) => {
    const { canonicalEpsilon, convention, strategy } = cell.plan;
    if (summaries === null || canonicalEpsilon === null) return [];
    return [{ canonicalEpsilon, convention, strategy, value: summaries[metric] }];
  });
}
