import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topLabelOutcomes } from "../binning/forecastOutcomes.ts";
import type { Forecasts, Outcomes } from "../predictions.ts";
import { seededRandom } from "../statistics/seededRandom.ts";
import { type AverageCalibrationMeaning, averageCalibrationError } from "./averageCalibrationError.ts";
import { calibrationErrors, maximumCalibrationError, rootMeanSquaredCalibrationError } from "./calibrationErrors.ts";
import { classwiseCalibrationError } from "./classwiseCalibrationError.ts";
import { debiasedSquaredError } from "./debiasedSquaredError.ts";
import { expectedCalibrationError } from "./expectedCalibrationError.ts";
import { noiseFloor } from "./noiseFloor.ts";
import { presetAgreement } from "./presetAgreement.ts";
import { presetCalibrationError } from "./presetCalibrationError.ts";
import { signedGap } from "./signedGap.ts";
import { smoothCalibrationError } from "./smoothCalibrationError.ts";

const anyOutcomes: fc.Arbitrary<Outcomes> = fc
  .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1)), { minLength: 1, maxLength: 50 })
  .map((pairs) => ({ confidences: pairs.map(([value]) => value), outcomes: pairs.map(([, event]) => event) }));

const binary: Outcomes = { confidences: [0.25, 0.25, 0.55, 0.75, 0.75], outcomes: [0, 0, 1, 1, 1] };
const multiclass: Forecasts = {
  probabilities: [0.25, 0.2, 0.55, 0.55, 0.05, 0.4, 0.1, 0.3, 0.6, 0.9, 0.05, 0.05],
  labels: [0, 1, 2, 0],
  classCount: 3,
};

/** Outcomes that happen exactly as often as stated, in expectation. */
function calibratedOutcomes(seed: number, count: number): Outcomes {
  const random = seededRandom(seed);
  const confidences = Array.from({ length: count }, () => random());
  return { confidences, outcomes: confidences.map((confidence) => (random() < confidence ? 1 : 0)) };
}

describe("binned calibration errors", () => {
  it("reproduce the published torchmetrics examples", () => {
    expect(expectedCalibrationError(binary, { bins: 2 })).toBeCloseTo(0.29, 12);
    expect(rootMeanSquaredCalibrationError(binary, { bins: 2 })).toBeCloseTo(0.2918, 4);
    expect(maximumCalibrationError(binary, { bins: 2 })).toBeCloseTo(0.3167, 4);
    const errors = calibrationErrors(topLabelOutcomes(multiclass), { preset: "torchmetrics15", bins: 3 });
    expect(errors.ece).toBeCloseTo(0.2, 12);
    expect(errors.rmsce).toBeCloseTo(0.2082, 4);
    expect(errors.mce).toBeCloseTo(0.2333, 4);
  });

  it("obey 0 <= |signed gap| <= ece <= rmsce <= mce <= 1", () => {
    fc.assert(
      fc.property(anyOutcomes, fc.integer({ min: 1, max: 40 }), (outcomes, bins) => {
        const { ece, rmsce, mce } = calibrationErrors(outcomes, { bins });
        const chain = [0, Math.abs(signedGap(outcomes)), ece, rmsce, mce, 1];
        for (let index = 1; index < chain.length; index++)
          expect(chain[index]! - chain[index - 1]!).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });

  it("are 1 when always certain and wrong, 0 when always certain and right", () => {
    expect(calibrationErrors({ confidences: [1, 1], outcomes: [0, 0] })).toEqual({ ece: 1, mce: 1, rmsce: 1 });
    expect(calibrationErrors({ confidences: [1, 1], outcomes: [1, 1] })).toEqual({ ece: 0, mce: 0, rmsce: 0 });
  });

  it("classwise: averages the binary error of every class", () => {
    const columns = [0, 1, 2].map((k) => ({
      confidences: [0, 1, 2, 3].map((row) => (multiclass.probabilities as number[])[row * 3 + k]!),
      outcomes: (multiclass.labels as number[]).map((label) => (label === k ? 1 : 0)),
    }));
    const mean = columns.reduce((sum, column) => sum + expectedCalibrationError(column), 0) / 3;
    expect(classwiseCalibrationError(multiclass)).toBeCloseTo(mean, 14);
  });
});

describe("averageCalibrationError", () => {
  it("keeps the three meanings of ACE apart", () => {
    const values = (["nixon", "netcal", "top-label-mass"] as const).map((meaning) =>
      averageCalibrationError(multiclass, { meaning, bins: 3 }),
    );
    // netcal by hand, [lo, hi) thirds: {.55, .55, .6} one right and {.9} right: (|1/3 - 1.7/3| + .1) / 2
    expect(values[1]).toBeCloseTo((0.7 / 3 + 0.1) / 2, 12);
    // top-label mass by hand: {.55, .55}, {.6}, {.9} -> (2 (.55) + .4 + .1) / 4
    expect(values[2]).toBeCloseTo((2 * 0.55 + 0.4 + 0.1) / 4, 12);
    expect(new Set(values).size).toBe(3);
  });

  it("refuses an unknown meaning", () => {
    const meaning = "adaptive" as AverageCalibrationMeaning;
    expect(() => averageCalibrationError(multiclass, { meaning })).toThrowError(
      /^meaning must be one of nixon, netcal/,
    );
  });
});

describe("debiasedSquaredError", () => {
  it("is unbiased: near 0 on average for calibrated forecasts, where the plain squared error is not", () => {
    let raw = 0;
    let plain = 0;
    for (let seed = 0; seed < 100; seed++) {
      const outcomes = calibratedOutcomes(seed, 300);
      raw += debiasedSquaredError(outcomes).raw / 100;
      plain += rootMeanSquaredCalibrationError(outcomes) ** 2 / 100;
    }
    expect(plain).toBeGreaterThan(0.006);
    expect(Math.abs(raw)).toBeLessThan(0.001);
  });

  it("adds nothing for bins with one example", () => {
    expect(debiasedSquaredError({ confidences: [0.62], outcomes: [0] })).toEqual({ raw: 0, clipped: 0, root: 0 });
  });
});

describe("noiseFloor", () => {
  it("is the ECE that calibrated forecasts show on average, within a tenth", () => {
    let ece = 0;
    let floor = 0;
    for (let seed = 0; seed < 200; seed++) {
      const outcomes = calibratedOutcomes(seed, 600);
      ece += expectedCalibrationError(outcomes) / 200;
      floor += noiseFloor(outcomes, { from: "confidence" }) / 200;
    }
    expect(floor / ece).toBeGreaterThan(0.9);
    expect(floor / ece).toBeLessThan(1.1);
  });

  it("keeps its digits where every confidence is within rounding of 1", () => {
    const outcomes = { confidences: [1 - 2 ** -53, 1, 1], outcomes: [1, 1, 1] };
    const rate = 2 ** -53 / 3;
    expect(noiseFloor(outcomes, { from: "confidence" }) / Math.sqrt((2 * rate) / (3 * Math.PI))).toBeCloseTo(1, 12);
    expect(noiseFloor(outcomes)).toBe(0);
  });
});

describe("smoothCalibrationError", () => {
  const path = new URL("../../test/relplotReference.json", import.meta.url);
  const reference = JSON.parse(readFileSync(path, "utf8")) as {
    cases: (Outcomes & { error: number; bandwidth: number })[];
  };

  it.each(reference.cases.map((entry) => [entry.confidences.length, entry] as const))(
    "agrees with relplot's algorithm re-run in numpy (n = %d)",
    (_, { error, bandwidth, ...outcomes }) => {
      const smooth = smoothCalibrationError(outcomes);
      expect(smooth.error).toBeCloseTo(error, 12);
      expect(smooth.bandwidth).toBe(bandwidth);
    },
  );

  it("does not jump when a forecast crosses a bin edge, as the binned error does", () => {
    const at = (value: number) => ({ confidences: [value, 0.45, 0.5], outcomes: [1, 0, 0] });
    const [below, above] = [at(0.4666666), at(0.4666668)];
    expect(Math.abs(expectedCalibrationError(below) - expectedCalibrationError(above))).toBeGreaterThan(0.03);
    expect(Math.abs(smoothCalibrationError(below).error - smoothCalibrationError(above).error)).toBeLessThan(1e-6);
  });

  it("stays within [0, 1] and does not depend on the order of the examples", () => {
    fc.assert(
      fc.property(anyOutcomes, ({ confidences, outcomes }) => {
        const { error } = smoothCalibrationError({ confidences, outcomes });
        const reversed = { confidences: Array.from(confidences).reverse(), outcomes: Array.from(outcomes).reverse() };
        expect(error).toBeGreaterThanOrEqual(0);
        expect(error).toBeLessThanOrEqual(1);
        expect(smoothCalibrationError(reversed).error).toBeCloseTo(error, 3); // one bisection step may differ
      }),
      { numRuns: 25 },
    );
  });
});

describe("presetAgreement", () => {
  it("shows the fragility of values that lie on edges", () => {
    const agreement = presetAgreement(multiclass);
    expect(agreement.errors.default15).toBeCloseTo(0.2, 12);
    expect(agreement.errors.torchmetrics15).toBeCloseTo(0.4, 12);
    expect(agreement.fragility).toBeCloseTo(0.5, 12);
    expect(agreement.spread).toBeCloseTo(0.2, 12);
  });

  it("is 0 when every preset finds no error", () => {
    const perfect = { probabilities: [1, 0, 0, 1], labels: [0, 1], classCount: 2 };
    expect(presetAgreement(perfect)).toMatchObject({ spread: 0, fragility: 0, noiseFloor: 0 });
  });

  it("kumar: root of the mean squared classwise errors", () => {
    const squares = [0, 1, 2].map((k) => {
      const confidences = [0, 1, 2, 3].map((row) => (multiclass.probabilities as number[])[row * 3 + k]!);
      const outcomes = (multiclass.labels as number[]).map((label) => (label === k ? 1 : 0));
      return debiasedSquaredError({ confidences, outcomes }, { width: "equal-mass" }).clipped;
    });
    const expected = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / 3);
    expect(presetCalibrationError(multiclass, "kumar-mass15-debiased")).toBeCloseTo(expected, 12);
  });
});
