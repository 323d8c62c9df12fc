import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "../evaluate.ts";
import { fitTemperature } from "./fitTemperature.ts";

const noisy = {
  logits: [2, 1.5, -3, 1, 0.8, -2, 0.5, 0.2, -4],
  labels: [1, 1, 1],
  classCount: 3,
};

describe("fitTemperature", () => {
  it("finds the minimum that a fine grid finds", () => {
    const fit = fitTemperature(noisy);
    expect(fit.optimum).toBe("interior");
    expect(fit.temperature).toBeCloseTo(1.7161288320269172, 9);
    for (const factor of [0.5, 0.9, 0.999, 1.001, 1.1, 2])
      expect(evaluate(noisy, { temperature: fit.temperature * factor }).nll).toBeGreaterThan(fit.nllAfter);
  });

  it("scales with the logits: c times the logits give c times the temperature", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 20, noNaN: true }), (factor) => {
        const scaled = { ...noisy, logits: noisy.logits.map((logit) => logit * factor) };
        expect(fitTemperature(scaled).temperature / factor).toBeCloseTo(fitTemperature(noisy).temperature, 8);
      }),
    );
  });

  it("never raises the NLL it is fitted on, whatever the logits", () => {
    const rows = fc.array(
      fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: -50, max: 50, noNaN: true }), fc.nat(1)),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(rows, (examples) => {
        const logits = examples.flatMap((example) => example.slice(0, 2));
        const fit = fitTemperature({ logits, labels: examples.map(([, , label]) => label), classCount: 2 });
        expect(fit.nllAfter).toBeLessThanOrEqual(fit.nllBefore + 1e-12);
        expect(Number.isFinite(fit.temperature)).toBe(true);
      }),
    );
  });

  it("says upper-bound when the true logit is below the row mean on average", () => {
    const fit = fitTemperature({ logits: [2, 0, 3, 1], labels: [1, 1], classCount: 2 });
    expect(fit).toMatchObject({ optimum: "upper-bound", temperature: 100 });
  });

  it("says lower-bound when no label is below its row maximum, ties included", () => {
    const fit = fitTemperature({ logits: [2, 0, 1, 1], labels: [0, 1], classCount: 2 });
    expect(fit).toMatchObject({ optimum: "lower-bound", temperature: 0.01, slopeAtInfinity: 0 });
    expect(fit.nllAfter).toBeCloseTo(Math.LN2 / 2, 12);
  });

  it("keeps T = 1 when every row has equal logits", () => {
    const fit = fitTemperature({ logits: [0.7, 0.7, 0.7, -1, -1, -1], labels: [0, 2], classCount: 3 });
    expect(fit).toMatchObject({ optimum: "indeterminate", temperature: 1 });
  });

  it("takes slopes that cancel exactly as zero: upper-bound, not a temperature of rounding noise", () => {
    const fit = fitTemperature({ logits: [0.1, 0.2, 0.3, 0.3, 0.1, 0.2], labels: [1, 2], classCount: 3 });
    expect(fit.optimum).toBe("upper-bound");
  });

  it("names the bound when the minimum lies outside the bounds", () => {
    expect(fitTemperature(noisy, { temperatureMax: 1.5 })).toMatchObject({ optimum: "upper-bound", temperature: 1.5 });
    expect(fitTemperature(noisy, { temperatureMin: 2 })).toMatchObject({ optimum: "lower-bound", temperature: 2 });
  });

  it("gives no NaN for logits at the end of the float range", () => {
    const fit = fitTemperature({ logits: [1.7e308, -1.7e308, 0, 1, 0, 1e-300], labels: [1, 2], classCount: 3 });
    for (const value of Object.values(fit)) expect(value).not.toBeNaN();
  });

  it("refuses bounds in the wrong order", () => {
    expect(() => fitTemperature(noisy, { temperatureMin: 2, temperatureMax: 1 })).toThrowError(
      "temperatureMax must be at least temperatureMin 2, got 1",
    );
  });
});
