import { describe, expect, test } from "vitest";
import { accuracyCalibrationPlot, scatterMarks } from "./accuracyCalibrationPlot.ts";
import type { ScatterPoint, ScatterStyle } from "./scatterPoint.ts";

const point: ScatterPoint = {
  id: "a",
  name: "ε 0",
  epsilon: 0,
  convention: "uniform",
  strategy: "none",
  memberStrategies: ["none", "class-prior"],
  mergedCount: 4,
  accuracy: { mean: 0.94, low: 0.93, high: 0.95 },
  miscalibration: { mean: 0.02, low: -0.01, high: 0.05 },
  seeds: [],
  isOnFront: true,
};

const style: ScatterStyle = {
  colors: new Map([[0, "#440154"]]),
  symbols: new Map([["uniform", "circle"]]),
  strategies: ["none", "class-prior"],
  isSplit: false,
  isLog: false,
  miscalibrationLabel: "ECE",
  selectedId: undefined,
};

function startOf(isLog: boolean): unknown {
  const seeds = [0.001, 0.05].map((miscalibration) => ({ accuracy: 0.94, miscalibration }));
  const { x } = accuracyCalibrationPlot([{ ...point, seeds }], { ...style, isLog });
  return (x?.domain as unknown[] | undefined)?.[0];
}

describe("scatterMarks", () => {
  test("draws a merged point once, in percent", () => {
    expect(scatterMarks([point], style)).toMatchObject([{ x: 2, y: 94, isHollow: false }]);
  });

  test("draws it in the facet of each strategy it stands for", () => {
    const facets = scatterMarks([point], { ...style, isSplit: true }).map((mark) => mark.facet);
    expect(facets).toEqual(["none", "class-prior"]);
  });

  test("tells a second strategy by a hollow symbol", () => {
    expect(scatterMarks([{ ...point, strategy: "class-prior" }], style)[0]?.isHollow).toBe(true);
  });
});

describe("accuracyCalibrationPlot", () => {
  test("shows no negative calibration error, and begins a logarithmic scale below the least", () => {
    expect(startOf(false)).toBe(0);
    expect(startOf(true)).toBeCloseTo(0.085);
  });
});
