import * as Plot from "@observablehq/plot";
import type { Interval } from "../format/formatMeasure.ts";
import type { ConventionSymbol } from "./conventionSymbols.ts";
import { measureDomain } from "./measureDomain.ts";

/** One cell of the response of a metric to the uniform-equivalent epsilon. */
export interface ResponsePoint {
  canonicalEpsilon: number;
  convention: string;
  strategy: string;
  value: Interval;
}

/** How the response looks. */
export interface ResponseStyle {
  symbols: ReadonlyMap<string, ConventionSymbol>;
  strategies: readonly string[];
  /** Least and greatest canonical epsilon of the sweep, also of cells that have no result yet. */
  epsilonDomain: readonly [number, number];
  /** Name of the metric with its unit. */
  heading: string;
  scale: number;
  /** Show the zero line. */
  hasZero: boolean;
}

/** Two colors that color-blind readers tell apart, on light and on dark; dashes tell the lines apart as well. */
const lineColors = ["var(--series-1)", "var(--series-2)", "var(--series-3)", "var(--series-4)"];

/** Options of the response: a line and a band of 95 % for each convention, a facet for each strategy. */
export function epsilonResponsePlot(points: readonly ResponsePoint[], style: ResponseStyle): Plot.PlotOptions {
  const names = [...style.symbols.keys()];
  const sorted = [...points].sort((a, b) => a.canonicalEpsilon - b.canonicalEpsilon);
  const colorOf = ({ convention }: ResponsePoint) => lineColors[names.indexOf(convention) % lineColors.length] ?? "";
  const scaled = (value: number) => value * style.scale;
  const shared = { x: "canonicalEpsilon", fx: "strategy", z: "convention" } as const;
  return {
    marginLeft: 54,
    marginRight: 14,
    marginTop: 34,
    marginBottom: 42,
    x: { domain: [...style.epsilonDomain], label: "canonical ε", labelArrow: "none", ticks: 5 },
    y: { domain: measureDomain(points.map((point) => point.value)).map(scaled), label: style.heading, ticks: 5 },
    fx: { domain: [...style.strategies], label: null, padding: 0.08 },
    marks: [
      Plot.gridX({ strokeOpacity: 0.08 }),
      Plot.gridY({ strokeOpacity: 0.08 }),
      style.hasZero ? Plot.ruleY([0], { strokeOpacity: 0.35, clip: true }) : null,
      Plot.areaY(sorted, {
        ...shared,
        // One seed has no interval: the band has a gap there.
        y1: ({ value }: ResponsePoint) => scaled(value.low ?? Number.NaN),
        y2: ({ value }: ResponsePoint) => scaled(value.high ?? Number.NaN),
        fill: colorOf,
        fillOpacity: 0.13,
        clip: true,
      }),
      Plot.line(sorted, { ...shared, y: ({ value }: ResponsePoint) => scaled(value.mean), stroke: colorOf }),
      Plot.dot(sorted, {
        ...shared,
        y: ({ value }: ResponsePoint) => scaled(value.mean),
        symbol: ({ convention }: ResponsePoint) => style.symbols.get(convention) ?? "circle",
        fill: colorOf,
        r: 3.2,
      }),
    ],
  };
}

/** The color of each convention's line. */
export function responseColors(symbols: ReadonlyMap<string, ConventionSymbol>): ReadonlyMap<string, string> {
  return new Map([...symbols.keys()].map((name, index) => [name, lineColors[index % lineColors.length] ?? ""]));
}
