import { useMemo, useState } from "react";
import { accuracyCalibrationPlot, scatterMarks, scatterPointClass } from "../../charts/accuracyCalibrationPlot.ts";
import { PlotFigure } from "../../charts/PlotFigure.tsx";
import { PlotTooltip } from "../../charts/PlotTooltip.tsx";
import type { PlotPoints } from "../../charts/plotPoints.ts";
import { ScatterLegend } from "../../charts/ScatterLegend.tsx";
import { SegmentedControl } from "../../ui/SegmentedControl.tsx";
import { CellNote, cellNoteText } from "./CellNote.tsx";
import type { CellEncoding } from "./cellEncoding.ts";
import type { CellRow } from "./model/cellRows.ts";
import { scatterPoints } from "./model/scatterPoints.ts";
import { type ChangeSearch, calibrationMetric, type SweepSearch } from "./sweepSearch.ts";

/** Props of {@link CalibrationSection}. */
export interface CalibrationSectionProps {
  rows: readonly CellRow[];
  encoding: CellEncoding;
  search: SweepSearch;
  onSearch: ChangeSearch;
  onSelect: (cellId: string) => void;
  /** The trained cell that stands for the selected one. */
  selectedId: string | undefined;
}

const calibrations = [
  { value: "raw", text: "ECE" },
  { value: "scaled", text: "ECE after T" },
] as const;

const scales = [
  { value: "linear", text: "linear" },
  { value: "log", text: "log" },
] as const;

const layouts = [
  { value: "together", text: "together" },
  { value: "split", text: "by strategy" },
] as const;

const scatterHeight = (width: number): number => Math.round(Math.min(560, Math.max(340, width * 0.62)));

/** The scatter of accuracy against calibration error, with its switches. */
export function CalibrationSection(props: CalibrationSectionProps) {
  const { encoding, search, onSearch } = props;
  // More strategies than filled and hollow can tell apart get a facet each.
  const mustSplit = encoding.strategies.length > 2;
  const isSplit = mustSplit || search.split === true;
  return (
    <section className="panel" aria-labelledby="scatter-title">
      <div className="panel-head">
        <h2 id="scatter-title">Accuracy against calibration</h2>
        <div className="panel-controls">
          {encoding.strategies.length === 2 && (
            <SegmentedControl
              label="Strategies"
              options={layouts}
              value={isSplit ? "split" : "together"}
              onChange={(value) => onSearch({ split: value === "split" ? true : undefined })}
            />
          )}
          <SegmentedControl
            label="Scale of the calibration error"
            options={scales}
            value={search.scale ?? "linear"}
            onChange={(value) => onSearch({ scale: value === "log" ? "log" : undefined })}
          />
          <SegmentedControl
            label="Calibration error"
            options={calibrations}
            value={search.calibration ?? "raw"}
            onChange={(value) => onSearch({ calibration: value === "scaled" ? "scaled" : undefined })}
          />
        </div>
      </div>
      <ScatterLegend
        colors={encoding.colors}
        symbols={encoding.symbols}
        strategies={isSplit ? [] : encoding.strategies}
      />
      <Scatter {...props} isSplit={isSplit} />
      <p className="caption">
        Mean over seeds on the test rows; whiskers are 95 % t intervals, cut where they leave the frame. Up and to the
        left is better; the dotted line joins the cells that no other one beats in both means. Equivalents are drawn
        once.
      </p>
    </section>
  );
}

function Scatter({
  rows,
  encoding,
  search,
  onSelect,
  selectedId,
  isSplit,
}: CalibrationSectionProps & { isSplit: boolean }) {
  const [hoveredId, setHoveredId] = useState<string>();
  const metric = calibrationMetric(search);
  const isLog = search.scale === "log";
  const data = useMemo(() => scatterPoints(rows, metric), [rows, metric]);
  const { options, ids } = useMemo(() => {
    const label = metric === "ece" ? "ECE" : "ECE after temperature scaling";
    const style = { ...encoding, isSplit, isLog, miscalibrationLabel: label, selectedId };
    const markIds = scatterMarks(data, style).map((mark) => mark.point.id);
    return { options: accuracyCalibrationPlot(data, style), ids: markIds };
  }, [data, encoding, isSplit, isLog, metric, selectedId]);
  const points: PlotPoints = {
    markClass: scatterPointClass,
    ids,
    labelOf: (id) => cellNoteText(rows.find((row) => row.cell.id === id)),
    testId: "scatter-point",
    selectedId,
    hoveredId,
    onHover: setHoveredId,
    onSelect,
  };
  const hovered = rows.find((row) => row.cell.id === hoveredId);
  if (data.length === 0) {
    return (
      <div className="plot plot-empty" data-testid="scatter">
        <p>No trial has completed yet. Points appear here as results arrive.</p>
      </div>
    );
  }
  return (
    <PlotFigure
      label="Accuracy against calibration error, one point a cell"
      height={scatterHeight}
      options={options}
      points={points}
      testId="scatter"
    >
      {hovered !== undefined && (
        <PlotTooltip pointId={hovered.cell.id}>
          <CellNote row={hovered} />
        </PlotTooltip>
      )}
    </PlotFigure>
  );
}
