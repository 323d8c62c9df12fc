import * as Plot from "@observablehq/plot";

/** One value of a curve over epochs. */
export interface EpochValue {
  epoch: number;
  value: number;
}

/** Options of a small curve over epochs; its last value is written beside it. */
export function epochCurvePlot(values: readonly EpochValue[], epochs: number, format: (value: number) => string) {
  return {
    marginLeft: 46,
    marginRight: 16,
    marginTop: 12,
    marginBottom: 26,
    x: { domain: [1, Math.max(2, epochs)], label: null, ticks: Math.min(6, epochs), tickFormat: "d" },
    y: { label: null, ticks: 4, nice: true, tickFormat: format },
    marks: [
      Plot.gridY({ strokeOpacity: 0.08 }),
      Plot.line(values, { x: "epoch", y: "value", stroke: "var(--accent)", strokeWidth: 1.8 }),
      Plot.dot(values, { x: "epoch", y: "value", fill: "var(--accent)", r: 2.6 }),
    ],
  } satisfies Plot.PlotOptions;
}
