import type { TrialMetrics } from "@smoothsweep/contracts";
import { formatNumber, type MeasureStyle } from "../../format/formatMeasure.ts";
import { metricDisplays } from "../../format/metricDisplay.ts";

interface MetricLine {
  name: string;
  style: MeasureStyle;
  validation: number;
  test: number;
  scaled: number | null;
}

function metricLines({ validation, test, scaledTest }: TrialMetrics): MetricLine[] {
  const line = (metric: "accuracy" | "nll" | "brier" | "ece" | "signedGap", scaled: number | null): MetricLine => ({
    name: metricDisplays[metric].heading,
    style: metricDisplays[metric],
    validation: validation[metric],
    test: test[metric],
    scaled,
  });
  return [
    // A temperature does not change which class is the most probable one.
    line("accuracy", test.accuracy),
    line("nll", scaledTest.nll),
    line("brier", scaledTest.brier),
    line("ece", scaledTest.ece),
    line("signedGap", null),
  ];
}

const temperatureNotes: Readonly<Record<TrialMetrics["temperatureOptimum"], string>> = {
  interior: "",
  "upper-bound": "at the upper bound of its range: its value means little",
  "lower-bound": "at the lower bound of its range: its value means little",
  indeterminate: "validation does not determine it",
};

/** The final metrics of a trial on both splits, and on test after temperature scaling. */
export function TrialMetricsTable({ metrics }: { metrics: TrialMetrics }) {
  const note = temperatureNotes[metrics.temperatureOptimum];
  return (
    <section>
      <h3>Metrics</h3>
      <table className="trial-metrics" data-testid="trial-metrics">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">metric</span>
            </th>
            <th scope="col">validation</th>
            <th scope="col">test</th>
            <th scope="col">test after T</th>
          </tr>
        </thead>
        <tbody>
          {metricLines(metrics).map(({ name, style, validation, test, scaled }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{formatNumber(validation, style)}</td>
              <td>{formatNumber(test, style)}</td>
              <td>{scaled === null ? "–" : formatNumber(scaled, style)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">
        T = {metrics.temperature.toFixed(3)}, fitted on validation{note !== "" && ` (${note})`} · excess training loss{" "}
        {metrics.excessLoss.toFixed(4)} nats
      </p>
    </section>
  );
}
