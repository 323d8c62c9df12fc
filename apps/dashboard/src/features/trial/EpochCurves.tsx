import type { EpochReport } from "@smoothsweep/contracts";
import { useMemo } from "react";
import { epochCurvePlot } from "../../charts/epochCurvePlot.ts";
import { PlotFigure } from "../../charts/PlotFigure.tsx";

interface Curve {
  name: string;
  read: (report: EpochReport) => number;
  format: (value: number) => string;
}

const compact = (value: number): string => String(Number(value.toPrecision(3)));

const curves: readonly Curve[] = [
  { name: "validation accuracy, %", read: (report) => report.validation.accuracy * 100, format: compact },
  { name: "validation NLL", read: (report) => report.validation.nll, format: compact },
  { name: "validation ECE, %", read: (report) => report.validation.ece * 100, format: compact },
  { name: "excess training loss", read: (report) => report.excessLoss, format: compact },
];

/** Four small curves over epochs. The raw smoothed loss is not among them: it cannot be compared across epsilons. */
export function EpochCurves({ reports, epochs }: { reports: readonly EpochReport[]; epochs: number }) {
  return (
    <section data-testid="epoch-curves">
      <h3>
        Epochs{" "}
        <span className="muted">{reports.length === 0 ? "no report yet" : `${reports.length} of ${epochs}`}</span>
      </h3>
      {reports.length > 0 && (
        <div className="curves">
          {curves.map((curve) => (
            <EpochCurve key={curve.name} curve={curve} reports={reports} epochs={epochs} />
          ))}
        </div>
      )}
    </section>
  );
}

interface EpochCurveProps {
  curve: Curve;
  reports: readonly EpochReport[];
  epochs: number;
}

function EpochCurve({ curve, reports, epochs }: EpochCurveProps) {
  const options = useMemo(() => {
    const values = reports.map((report) => ({ epoch: report.epoch, value: curve.read(report) }));
    return epochCurvePlot(values, epochs, curve.format);
  }, [curve, reports, epochs]);
  const last = reports.at(-1);
  return (
    <div>
      <p className="curve-name">
        {curve.name} <strong>{last === undefined ? "" : curve.format(curve.read(last))}</strong>
      </p>
      <PlotFigure label={`${curve.name} over epochs`} height={130} options={options} />
    </div>
  );
}
