import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "../evaluate.ts";
import { seededRandom } from "../statistics/seededRandom.ts";
import { evaluateCalibrated } from "./evaluateCalibrated.ts";
import { fitTemperature } from "./fitTemperature.ts";
import { adjustLogits, fitLogitAdjustment } from "./logitAdjustment.ts";
import { minimiseSmooth } from "./minimiseSmooth.ts";
import { applyVectorScaling, fitVectorScaling } from "./vectorScaling.ts";

/** Labels drawn from softmax(z / T + b): the truth that the fits must find again. */
function drawn(count: number, temperature: number, biases: readonly number[], seed = 1) {
  const random = seededRandom(seed);
  const classCount = biases.length;
  const logits = Float64Array.from({ length: count * classCount }, () => 8 * (random() - 0.5));
  const labels = Int32Array.from({ length: count }, (_, row) => {
    const terms = biases.map((bias, k) => Math.exp(logits[row * classCount + k]! / temperature + bias));
    let left = random() * terms.reduce((sum, term) => sum + term, 0);
    const label = terms.findIndex((term) => {
      left -= term;
      return left < 0;
    });
    return label === -1 ? classCount - 1 : label;
  });
  return { logits, labels, classCount };
}

describe("fitTemperature on drawn labels", () => {
  it("finds the temperature that drew them", () => {
    expect(fitTemperature(drawn(20_000, 2.5, [0, 0, 0])).temperature).toBeCloseTo(2.5, 0);
  });

  it("takes few steps even from far away", () => {
    fc.assert(
      fc.property(fc.integer({ min: -4, max: 4 }), (magnitude) => {
        const sample = drawn(300, 1, [0, 0, 0]);
        const scaled = { ...sample, logits: sample.logits.map((logit) => logit * 10 ** magnitude) };
        const fit = fitTemperature(scaled, { temperatureMin: 1e-9, temperatureMax: 1e9 });
        expect(fit.optimum).toBe("interior");
        expect(fit.iterations).toBeLessThan(40);
        expect(fit.temperature / 10 ** magnitude / fitTemperature(sample).temperature).toBeCloseTo(1, 9);
      }),
      { numRuns: 9 },
    );
  });
});

describe("fitVectorScaling", () => {
  it("finds temperature and biases that drew the labels", () => {
    const fit = fitVectorScaling(drawn(20_000, 2, [0.8, -0.8, 0]));
    expect(fit.temperature).toBeCloseTo(2, 0);
    for (const [k, bias] of [0.8, -0.8, 0].entries()) expect(Math.abs(fit.biases[k]! - bias)).toBeLessThan(0.1);
    expect(fit.biases.reduce((sum, bias) => sum + bias, 0)).toBeCloseTo(0, 12);
  });

  it("is at least as good as temperature alone, up to its penalty, and is what applying it gives", () => {
    const sample = drawn(400, 0.7, [1, 0, -1], 3);
    const fit = fitVectorScaling(sample, { penalty: 1e-9 });
    expect(fit.nllBefore).toBeCloseTo(evaluate(sample).nll, 12);
    expect(fit.nllAfter).toBeLessThan(fitTemperature(sample).nllAfter);
    expect(evaluate(applyVectorScaling(sample, fit)).nll).toBeCloseTo(fit.nllAfter, 10);
  });

  it("stays finite where a class never occurs, where data are separable, and where T would be negative", () => {
    const separable = { logits: [5, 0, 0, 0, 5, 0], labels: [0, 1], classCount: 3 };
    const inverted = { logits: [5, 0, 0, 5], labels: [1, 0], classCount: 2 };
    for (const sample of [separable, inverted]) {
      const fit = fitVectorScaling(sample);
      expect([...fit.biases, fit.temperature, fit.nllAfter].every(Number.isFinite)).toBe(true);
      expect(fit.temperature).toBeGreaterThan(0);
      expect(fit.nllAfter).toBeLessThanOrEqual(fit.nllBefore);
    }
    expect(fitVectorScaling(inverted)).toMatchObject({ isAtBound: true, temperature: 100 });
  });
});

describe("minimiseSmooth", () => {
  it("finds the minimum of a badly scaled quadratic", () => {
    const scales = [1, 100, 1e4];
    const evaluateAt = (point: Float64Array) => ({
      value: point.reduce((sum, x, i) => sum + (scales[i]! * (x - i) ** 2) / 2, 0),
      gradient: point.map((x, i) => scales[i]! * (x - i)),
    });
    const { point, converged } = minimiseSmooth(evaluateAt, new Float64Array([9, 9, 9]));
    expect(converged).toBe(true);
    for (const [i, x] of point.entries()) expect(x).toBeCloseTo(i, 8);
  });
});

describe("logit adjustment", () => {
  const sample = { logits: [1, 0, 1, 0.9, 0.2, 1], labels: [0, 1, 1], classCount: 2 };

  it("subtracts tau ln(prior), and a common factor of the prior changes no probability", () => {
    const { logits } = adjustLogits(sample, [0.9, 0.1], 1);
    expect(logits[0]).toBeCloseTo(1 - Math.log(0.9), 14);
    const byShares = evaluate(adjustLogits(sample, [0.9, 0.1], 0.5)).nll;
    expect(evaluate(adjustLogits(sample, [900, 100], 0.5)).nll).toBeCloseTo(byShares, 12);
  });

  it("at tau = 0 is the identity", () => {
    expect(Array.from(adjustLogits(sample, [0.9, 0.1], 0).logits)).toEqual(sample.logits);
  });

  it("chooses the smallest tau with the best validation balanced accuracy", () => {
    expect(fitLogitAdjustment(sample, [0.9, 0.1])).toEqual({
      tau: 0.25,
      balancedAccuracyBefore: 0.75,
      balancedAccuracyAfter: 1,
    });
  });

  it("refuses a class without prior mass", () => {
    expect(() => adjustLogits(sample, [1, 0])).toThrowError("prior[1] must be a number above 0, got 0");
  });
});

describe("evaluateCalibrated", () => {
  it("fits on validation and only evaluates on test", () => {
    const [validation, test] = [drawn(500, 3, [0, 0], 1), drawn(500, 3, [0, 0], 2)];
    const { fit, before, after } = evaluateCalibrated({ validation, test });
    expect(fit).toEqual(fitTemperature(validation));
    expect(before).toEqual(evaluate(test));
    expect(after).toEqual(evaluate(test, { temperature: fit.temperature }));
    expect(after.accuracy).toBe(before.accuracy);
    expect(after.nll).toBeLessThan(before.nll);
  });

  it("refuses to judge a temperature on the data it was fitted on", () => {
    const set = drawn(10, 1, [0, 0]);
    expect(() => evaluateCalibrated({ validation: set, test: set })).toThrowError(
      "test must not share its logits with validation",
    );
  });
});
