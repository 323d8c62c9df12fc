import { describe, expect, it } from "vitest";
import { meanConfidenceInterval } from "./meanConfidenceInterval.ts";
import { studentTCritical, studentTPValue } from "./studentT.ts";

describe("meanConfidenceInterval", () => {
  it("is mean +- t sd / sqrt(n)", () => {
    const interval = meanConfidenceInterval([1, 2, 3]);
    expect(interval).toMatchObject({ mean: 2, sd: 1, n: 3 });
    expect(interval.high! - 2).toBeCloseTo(4.302652729749464 / Math.sqrt(3), 9);
    expect(2 - interval.low!).toBeCloseTo(4.302652729749464 / Math.sqrt(3), 9);
  });

  it("has no interval for one value and the point itself without spread", () => {
    expect(meanConfidenceInterval([0.3])).toEqual({ mean: 0.3, low: null, high: null, sd: null, n: 1 });
    expect(meanConfidenceInterval([0.1, 0.1, 0.1])).toMatchObject({ sd: 0, low: 0.1, high: 0.1 });
  });

  it("neither overflows nor underflows while its values do not", () => {
    expect(meanConfidenceInterval([1e308, 1e308, -1e308]).mean / (1e308 / 3)).toBeCloseTo(1, 12);
    expect(meanConfidenceInterval([1e308, -1e308]).sd! / (1e308 * Math.SQRT2)).toBeCloseTo(1, 12);
    expect(meanConfidenceInterval([1e-300, 2e-300, 3e-300]).sd! / 1e-300).toBeCloseTo(1, 12);
  });

  it("refuses an empty sample, NaN and a level outside (0, 1)", () => {
    expect(() => meanConfidenceInterval([])).toThrowError("values must not be empty, got length 0");
    expect(() => meanConfidenceInterval([1, Number.NaN])).toThrowError("values[1] must be a finite number, got NaN");
    expect(() => meanConfidenceInterval([1, 2], 1)).toThrowError("level must be in (0, 1), got 1");
  });
});

describe("studentT", () => {
  // closed forms: df = 1 is Cauchy, df = 2 is algebraic
  it.each([0.5, 0.9, 0.95, 0.99, 0.999, 0.999999])("agrees with the closed forms at level %d", (level) => {
    expect(studentTCritical(level, 1) / Math.tan((Math.PI * level) / 2)).toBeCloseTo(1, 9);
    expect(studentTCritical(level, 2) / (level * Math.sqrt(2 / (1 - level * level)))).toBeCloseTo(1, 9);
    expect(studentTPValue(studentTCritical(level, 2), 2) / (1 - level)).toBeCloseTo(1, 8);
  });

  it.each([1, 2, 3, 7, 30, 200, 5000])("inverts its own p-value at %d degrees of freedom", (degrees) => {
    for (const level of [0.1, 0.5, 0.9, 0.95, 0.99, 0.9999])
      expect(studentTPValue(studentTCritical(level, degrees), degrees) / (1 - level)).toBeCloseTo(1, 9);
  });
});
