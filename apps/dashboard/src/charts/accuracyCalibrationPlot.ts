import * as Plot from "@observablehq/plot";
import type { ConventionSymbol } from "./conventionSymbols.ts";
import { percent, type ScatterPoint, type ScatterStyle } from "./scatterPoint.ts";
import { scatterScales } from "./scatterScales.ts";

/** One drawn point: a cell in one facet, in percent. */
interface Mark {
  point: ScatterPoint;
  facet: string;
  x: number;
  y: number;
  color: string;
  symbol: ConventionSymbol;
  isHollow: boolean;
}

/** Class of the group that holds the points; its elements are in the order of {@link scatterMarks}. */
export const scatterPointClass = "scatter-points";

/** The points as they are drawn: an equivalent without a strategy of its own is in the facet of each of its members. */
export function scatterMarks(points: readonly ScatterPoint[], style: ScatterStyle): Mark[] {
  return points.flatMap((point) => {
    const facets = style.isSplit ? point.memberStrategies : [""];
    return facets.map((facet) => ({
      point,
      facet,
      x: percent(point.miscalibration.mean),
      y: percent(point.accuracy.mean),
      color: style.colors.get(point.epsilon) ?? "currentColor",
      symbol: style.symbols.get(point.convention) ?? "circle",
      isHollow: !style.isSplit && style.strategies.indexOf(point.strategy) > 0,
    }));
  });
}

/** Options of the scatter: means with whiskers over seeds, the front behind them. */
export function accuracyCalibrationPlot(points: readonly ScatterPoint[], style: ScatterStyle): Plot.PlotOptions {
  const marks = scatterMarks(points, style);
  const facet = style.isSplit ? { fx: (mark: Mark) => mark.facet } : {};
  return {
    ...scatterScales(points, style),
    marks: [
      Plot.gridX({ strokeOpacity: 0.08 }),
      Plot.gridY({ strokeOpacity: 0.08 }),
      Plot.line(frontOf(marks), {
        x: "x",
        y: "y",
        ...facet,
        ...(style.isSplit ? { z: "facet" } : {}),
        stroke: "currentColor",
        strokeOpacity: 0.35,
        strokeDasharray: "2 4",
        className: "scatter-front",
      }),
      ...whiskers(marks, facet),
      seedDots(marks, style, facet),
      pointDots(marks, facet),
      mergedLabels(marks, facet),
    ],
  };
}

function frontOf(marks: readonly Mark[]): Mark[] {
  return marks.filter(({ point }) => point.isOnFront).sort((a, b) => a.x - b.x);
}

function whiskers(marks: readonly Mark[], facet: object): Plot.Markish[] {
  const style = { stroke: "color", strokeWidth: 1.3, strokeOpacity: 0.6, clip: true as const, ...facet };
  const horizontal = marks.filter(({ point }) => point.miscalibration.low !== null);
  const vertical = marks.filter(({ point }) => point.accuracy.low !== null);
  return [
    Plot.ruleY(horizontal, {
      ...style,
      y: "y",
      // The logarithm needs a positive end; the frame cuts it.
      x1: ({ point }: Mark) => Math.max(1e-6, percent(point.miscalibration.low ?? 0)),
      x2: ({ point }: Mark) => percent(point.miscalibration.high ?? 0),
      className: "scatter-whisker-x",
    }),
    Plot.ruleX(vertical, {
      ...style,
      x: "x",
      y1: ({ point }: Mark) => percent(point.accuracy.low ?? 0),
      y2: ({ point }: Mark) => percent(point.accuracy.high ?? 0),
      className: "scatter-whisker-y",
    }),
  ];
}

/** Seeds of the selected cell. */
function seedDots(marks: readonly Mark[], { selectedId }: ScatterStyle, facet: object): Plot.Markish {
  const seeds = marks
    .filter(({ point }) => point.id === selectedId)
    .flatMap((mark) =>
      mark.point.seeds.map((seed) => ({
        ...mark,
        x: percent(seed.miscalibration),
        y: percent(seed.accuracy),
      })),
    );
  return Plot.dot(seeds, { x: "x", y: "y", r: 2.6, fill: "currentColor", fillOpacity: 0.55, clip: true, ...facet });
}

function pointDots(marks: readonly Mark[], facet: object): Plot.Markish {
  return Plot.dot(marks, {
    x: "x",
    y: "y",
    ...facet,
    r: 6,
    symbol: "symbol",
    fill: ({ color, isHollow }: Mark) => (isHollow ? "var(--surface)" : color),
    stroke: "color",
    strokeWidth: 2.2,
    className: scatterPointClass,
  });
}

function mergedLabels(marks: readonly Mark[], facet: object): Plot.Markish {
  const merged = marks.filter(({ point }) => point.mergedCount > 1);
  return Plot.text(merged, {
    x: "x",
    y: "y",
    ...facet,
    text: ({ point }: Mark) => `ε ${point.epsilon}: ${point.mergedCount} cells, one plan`,
    dx: 12,
    dy: -12,
    textAnchor: "start",
    fill: "currentColor",
    fillOpacity: 0.75,
    stroke: "var(--surface)",
    strokeWidth: 4,
    className: "scatter-labels",
  });
}
