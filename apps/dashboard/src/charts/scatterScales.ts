import type { PlotOptions, ScaleOptions } from "@observablehq/plot";
import type { Interval } from "../format/formatMeasure.ts";
import { measureDomain } from "./measureDomain.ts";
import { percent, type ScatterPoint, type ScatterStyle } from "./scatterPoint.ts";

/** Margins and scales of the scatter. */
export function scatterScales(points: readonly ScatterPoint[], style: ScatterStyle): PlotOptions {
  const domainOf = (read: (point: ScatterPoint) => Interval, key: "accuracy" | "miscalibration") =>
    measureDomain(
      points.map(read),
      points.flatMap((point) => point.seeds.map((seed) => seed[key])),
    ).map(percent);
  return {
    marginLeft: 54,
    marginRight: 14,
    marginTop: style.isSplit ? 34 : 22,
    marginBottom: 42,
    x: {
      ...miscalibrationScale(
        points,
        style,
        domainOf((point) => point.miscalibration, "miscalibration"),
      ),
      label: `${style.miscalibrationLabel}, %`,
      labelArrow: "none",
      ticks: 6,
    },
    y: { domain: domainOf((point) => point.accuracy, "accuracy"), label: "accuracy, %", labelArrow: "up", ticks: 6 },
    ...(style.isSplit ? { fx: { domain: [...style.strategies], label: null, padding: 0.06 } } : {}),
  };
}

/** A calibration error is not negative, and on a logarithmic scale it must not come near zero. */
function miscalibrationScale(
  points: readonly ScatterPoint[],
  { isLog }: ScatterStyle,
  [start = 0, end = 1]: readonly number[],
): ScaleOptions {
  if (!isLog) return { domain: [Math.max(0, start), end] };
  const results = points.flatMap((point) => [
    point.miscalibration.mean,
    ...point.seeds.map((seed) => seed.miscalibration),
  ]);
  const least = percent(Math.min(...results.filter((value) => value > 0)));
  return { type: "log", domain: [Math.max(start, least * 0.85), end], tickFormat: "~r" };
}
