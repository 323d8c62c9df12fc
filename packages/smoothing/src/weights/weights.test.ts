import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { balancedWeights } from "./balancedWeights.ts";
import { classWeights } from "./classWeights.ts";
import { effectiveNumberWeights } from "./effectiveNumberWeights.ts";
import { inverseFrequencyWeights } from "./inverseFrequencyWeights.ts";
import { ldamMargins } from "./ldamMargins.ts";

const counts = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 20 });
const code = (code: string) => expect.objectContaining({ name: "ArgumentError", code });

describe("class weights", () => {
  test("sum to K, or average to 1 over examples for the balanced form", () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(0, 0.9, 0.999, 0.999999, 1 - 2 ** -53), (n, beta) => {
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        expect(sum(inverseFrequencyWeights(n)) / n.length).toBeCloseTo(1, 12);
        expect(sum(effectiveNumberWeights(n, beta)) / n.length).toBeCloseTo(1, 12);
        expect(sum(balancedWeights(n).map((weight, k) => weight * n[k]!)) / sum(n)).toBeCloseTo(1, 12);
      }),
    );
  });

  test("the effective number goes from equal weights (beta 0) to the inverse frequency (beta -> 1)", () => {
    expect(effectiveNumberWeights([500, 50, 5], 0)).toEqual([1, 1, 1]);
    const limit = effectiveNumberWeights([500, 50, 5], 1 - 2 ** -53);
    inverseFrequencyWeights([500, 50, 5]).forEach((weight, k) => {
      expect(limit[k]).toBeCloseTo(weight, 12);
    });
  });

  test("the effective number keeps its digits where 1 - beta^n cancels", () => {
    const beta = 1 - 1e-12;
    const [first, second] = effectiveNumberWeights([1, 2], beta) as [number, number];
    // (1-b)/(1-b^2) = 1/(1+b), so the ratio of both weights is exactly 1 + b.
    expect(Math.abs(first / second - (1 + beta))).toBeLessThan(1e-15 * 4);
  });

  test("an empty class and a beta outside [0, 1) are refused", () => {
    for (const weights of [inverseFrequencyWeights, balancedWeights, ldamMargins]) {
      expect(() => weights([3, 0])).toThrow(code("empty_class"));
    }
    for (const beta of [1, -0.1]) expect(() => effectiveNumberWeights([3, 1], beta)).toThrow(code("out_of_range"));
    expect(() => effectiveNumberWeights([3, 1], Number.NaN)).toThrow(code("not_finite"));
  });

  test("classWeights finds each scheme by its name", () => {
    const n = [90, 10];
    expect(classWeights(n, { scheme: "inverse-frequency" })).toEqual(inverseFrequencyWeights(n));
    expect(classWeights(n, { scheme: "inverse-frequency-balanced" })).toEqual(balancedWeights(n));
    expect(classWeights(n, { scheme: "effective-number" })).toEqual(effectiveNumberWeights(n, 0.999));
  });
});

describe("ldamMargins", () => {
  test("the rarest class has the largest margin, 16 times as many examples halve it", () => {
    expect(ldamMargins([160, 10], 0.5)).toEqual([0.25, 0.5]);
  });
});
