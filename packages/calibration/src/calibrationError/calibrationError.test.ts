import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classOutcomes, topLabelOutcomes } from "../binning/forecastOutcomes.ts";
import type { Forecasts } from "../predictions.ts";
import { calibrationError } from "./calibrationError.ts";
import { calibrationErrors } from "./calibrationErrors.ts";
import { classwiseCalibrationError } from "./classwiseCalibrationError.ts";
import { debiasedSquaredError } from "./debiasedSquaredError.ts";

const row = (K: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: K, maxLength: K }).map((parts) => {
    const total = parts.reduce((a, b) => a + b);
    return parts.map((part) => (total === 0 ? 1 / K : part / total));
  });
const forecastsOf = (K: number): fc.Arbitrary<Forecasts> =>
  fc.array(fc.tuple(row(K), fc.integer({ min: 0, max: K - 1 })), { minLength: 1, maxLength: 30 }).map((pairs) => ({
    probabilities: pairs.flatMap(([shares]) => shares),
    labels: pairs.map(([, label]) => label),
    classCount: K,
  }));

describe("calibrationError", () => {
  it("is ECE, RMSCE and MCE for the norms 1, 2 and infinity, and rises with the norm", () => {
    fc.assert(
      fc.property(forecastsOf(3), fc.integer({ min: 1, max: 20 }), (forecasts, bins) => {
        const { ece, rmsce, mce } = calibrationErrors(topLabelOutcomes(forecasts), { bins });
        expect(calibrationError(forecasts, { bins })).toBeCloseTo(ece, 13);
        expect(calibrationError(forecasts, { bins, norm: 2 })).toBeCloseTo(rmsce, 13);
        expect(calibrationError(forecasts, { bins, norm: Infinity })).toBe(mce);
        const rising = [1, 1.5, 2, 3, 10, 1000, Infinity].map((norm) => calibrationError(forecasts, { bins, norm }));
        for (const [index, error] of rising.slice(1).entries()) expect(error - rising[index]!).toBeGreaterThan(-1e-12);
      }),
    );
  });

  it("is the classwise ECE for every class, and the binary error of P(y = 1) for two", () => {
    fc.assert(
      fc.property(forecastsOf(2), (forecasts) => {
        const classwise = calibrationError(forecasts, { target: "classwise" });
        expect(classwise).toBeCloseTo(classwiseCalibrationError(forecasts), 13);
        const ofOne = classOutcomes(forecasts, 1);
        const binary = { target: "binary", width: "equal-mass" } as const;
        expect(calibrationError(forecasts, binary)).toBeCloseTo(
          calibrationErrors(ofOne, { width: "equal-mass" }).ece,
          13,
        );
        const debiased = calibrationError(forecasts, { ...binary, norm: 2, debiased: true });
        expect(debiased).toBeCloseTo(debiasedSquaredError(ofOne, { width: "equal-mass" }).root, 13);
      }),
    );
  });

  it("changes one setting of a preset and keeps the others", () => {
    const forecasts = { probabilities: [0.7, 0.3, 0.4, 0.6, 0.9, 0.1, 0.2, 0.8], labels: [0, 0, 0, 1], classCount: 2 };
    const biased = calibrationError(forecasts, { preset: "kumar-mass15-debiased", debiased: false, bins: 2 });
    const squares = [0, 1].map(
      (k) => calibrationErrors(classOutcomes(forecasts, k), { width: "equal-mass", bins: 2 }).rmsce ** 2,
    );
    expect(biased).toBeCloseTo(Math.sqrt((squares[0]! + squares[1]!) / 2), 13);
    expect(calibrationError(forecasts, { preset: "kumar-mass15-debiased", norm: 1 })).toBeGreaterThan(0);
  });

  it("refuses norms below 1, debiasing of another norm than 2, and a binary target of three classes", () => {
    const forecasts = { probabilities: [0.5, 0.25, 0.25], labels: [0], classCount: 3 };
    expect(() => calibrationError(forecasts, { norm: 0.5 })).toThrowError(
      "norm must be a number of at least 1, got 0.5",
    );
    expect(() => calibrationError(forecasts, { norm: Number.NaN })).toThrowError("norm must be");
    expect(() => calibrationError(forecasts, { debiased: true })).toThrowError("norm must be 2 where");
    expect(() => calibrationError(forecasts, { target: "binary" })).toThrowError("classCount must be 2");
    expect(() => calibrationError(forecasts, { target: "all" as never })).toThrowError("target must be one of");
  });
});
