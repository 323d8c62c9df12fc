import { describe, expect, test } from "vitest";
import { decimalsFor, formatMeasure, formatNumber } from "./formatMeasure.ts";

describe("decimalsFor", () => {
  test("shows two significant digits of the median half-width", () => {
    expect(decimalsFor([0.35], 4)).toBe(2);
    expect(decimalsFor([4.2], 4)).toBe(1);
    expect(decimalsFor([12], 4)).toBe(0);
    expect(decimalsFor([0.0041, 0.3, 0.0052], 4)).toBe(4);
  });

  test("falls back where there is no interval", () => {
    expect(decimalsFor([null, 0], 4)).toBe(4);
    expect(decimalsFor([], 2)).toBe(2);
  });

  test("never writes more than six decimals", () => {
    expect(decimalsFor([1e-12], 4)).toBe(6);
  });
});

describe("formatNumber", () => {
  test("has a real minus sign, and a plus where asked", () => {
    expect(formatNumber(-0.012, { scale: 100, decimals: 2 })).toBe("−1.20");
    expect(formatNumber(0.0035, { scale: 100, decimals: 2, signed: true })).toBe("+0.35");
  });

  test("gives no sign to what rounds to zero", () => {
    expect(formatNumber(-0.00001, { scale: 1, decimals: 2, signed: true })).toBe("0.00");
  });
});

describe("formatMeasure", () => {
  test("writes mean and half-width in the same digits", () => {
    const measure = formatMeasure({ mean: 0.97213, low: 0.96863, high: 0.97563 }, { scale: 100, decimals: 2 });
    expect(measure).toEqual({ mean: "97.21", halfWidth: "0.35" });
  });

  test("has no half-width for one seed", () => {
    expect(formatMeasure({ mean: 0.5, low: null, high: null }, { scale: 1, decimals: 3 }).halfWidth).toBeNull();
  });
});
