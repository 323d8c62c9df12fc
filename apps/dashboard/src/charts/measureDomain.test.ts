import { describe, expect, test } from "vitest";
import { measureDomain } from "./measureDomain.ts";

describe("measureDomain", () => {
  test("holds every mean and every modest interval", () => {
    const [start, end] = measureDomain([
      { mean: 1, low: 0.9, high: 1.1 },
      { mean: 2, low: 1.9, high: 2.1 },
    ]);
    expect(start).toBeCloseTo(0.85);
    expect(end).toBeCloseTo(2.15);
  });

  test("does not let a huge interval squeeze the results", () => {
    const others = [1.2, 1.5, 2].map((mean) => ({ mean, low: null, high: null }));
    const [start, end] = measureDomain([{ mean: 1, low: -50, high: 52 }, ...others]);
    expect(start).toBeCloseTo(-0.05);
    expect(end).toBeCloseTo(3.05);
  });

  test("has some width for one result, and a range for none", () => {
    const [start, end] = measureDomain([{ mean: 0.5, low: null, high: null }]);
    expect(end).toBeGreaterThan(start);
    expect(measureDomain([])).toEqual([0, 1]);
  });
});
