import { type CellMetric, cellMetrics } from "@smoothsweep/contracts";
import { decimalsFor, halfWidthOf, type Interval, type MeasureStyle } from "./formatMeasure.ts";

/** How a metric is named and written. */
export interface MetricDisplay extends MeasureStyle {
  name: string;
  /** Name with its unit, for column heads and axes: `ECE, %`. */
  heading: string;
  unit: "%" | "";
  direction: "up" | "down" | "none" | "zero";
}

const percent = { scale: 100, decimals: 2, unit: "%" } as const;

function display(metric: CellMetric, style: Pick<MetricDisplay, "scale" | "decimals" | "unit">): MetricDisplay {
  const { label, direction } = cellMetrics[metric];
  return { ...style, name: label, direction, heading: style.unit === "" ? label : `${label}, ${style.unit}` };
}

const nats = { scale: 1, decimals: 4, unit: "" } as const;

/** Every metric of a cell. Fractions are written in percent; `decimals` holds where there is no interval. */
export const metricDisplays: Readonly<Record<CellMetric, MetricDisplay>> = {
  accuracy: display("accuracy", percent),
  nll: display("nll", nats),
  brier: display("brier", nats),
  ece: display("ece", percent),
  scaledNll: display("scaledNll", nats),
  scaledEce: display("scaledEce", percent),
  temperature: display("temperature", { ...nats, decimals: 3 }),
  signedGap: { ...display("signedGap", percent), name: "signed gap", heading: "signed gap, %", signed: true },
};

/** The style of a column: as many decimals as the typical interval in it needs. */
export function columnStyle(intervals: readonly Interval[], display: MetricDisplay): MeasureStyle {
  const halfWidths = intervals.map((interval) => {
    const halfWidth = halfWidthOf(interval);
    return halfWidth === null ? null : halfWidth * display.scale;
  });
  return { ...display, decimals: decimalsFor(halfWidths, display.decimals) };
}
