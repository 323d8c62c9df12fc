import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cumulativeErrors } from "./cumulativeErrors.ts";
import { chooseLogitNormPower, logitNormScores } from "./logitNormScores.ts";
import { coverageAtRisk, riskAtCoverage } from "./operatingPoints.ts";
import { optimalAurc, riskCoverageAreas } from "./riskCoverageAreas.ts";

const anyScored = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom(0, 1)), { minLength: 1, maxLength: 30 })
  .map((pairs) => ({ scores: pairs.map(([score]) => score / 6), outcomes: pairs.map(([, outcome]) => outcome) }));

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

describe("cumulativeErrors", () => {
  it("with expected ties is the mean over all orders of tied examples", () => {
    const small = fc.array(fc.tuple(fc.nat(2), fc.constantFrom(0, 1)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(small, (pairs) => {
        const orders = permutations(pairs);
        const sums = new Float64Array(pairs.length);
        for (const order of orders) {
          const scored = { scores: order.map(([score]) => score), outcomes: order.map(([, outcome]) => outcome) };
          for (const [index, value] of cumulativeErrors(scored, "stable").entries())
            sums[index]! += value / orders.length;
        }
        const scored = { scores: pairs.map(([score]) => score), outcomes: pairs.map(([, outcome]) => outcome) };
        for (const [index, value] of cumulativeErrors(scored).entries()) expect(value).toBeCloseTo(sums[index]!, 10);
      }),
      { numRuns: 40 },
    );
  });

  it("with expected ties does not depend on the order of the examples", () => {
    fc.assert(
      fc.property(anyScored, ({ scores, outcomes }) => {
        const reversed = { scores: [...scores].reverse(), outcomes: [...outcomes].reverse() };
        expect(cumulativeErrors(reversed)).toEqual(cumulativeErrors({ scores, outcomes }));
      }),
    );
  });

  it("accepts any finite score, infinities not", () => {
    expect(Array.from(cumulativeErrors({ scores: [-1e300, 5, -2], outcomes: [0, 1, 0] }))).toEqual([0, 1, 2]);
    expect(() => cumulativeErrors({ scores: [Infinity], outcomes: [1] })).toThrowError(
      "scores[0] must be a finite number",
    );
  });
});

describe("riskCoverageAreas", () => {
  it("reproduces the published torch-uncertainty example", () => {
    const { aurc } = riskCoverageAreas({ scores: [0.7, 0.6, 0.8], outcomes: [1, 0, 1] });
    expect(aurc.trapezoidNormalised).toBeCloseTo(0.0833, 4);
  });

  it("is between the areas of perfect and reversed ranking, and AUGRC is at most AURC", () => {
    fc.assert(
      fc.property(anyScored, ({ scores, outcomes }) => {
        const areas = riskCoverageAreas({ scores, outcomes });
        const best = riskCoverageAreas({ scores: outcomes, outcomes });
        const worst = riskCoverageAreas({ scores: outcomes.map((outcome) => -outcome), outcomes });
        expect(areas.aurc.mean).toBeGreaterThanOrEqual(best.aurc.mean - 1e-12);
        expect(areas.aurc.mean).toBeLessThanOrEqual(worst.aurc.mean + 1e-12);
        expect(areas.augrc.mean).toBeLessThanOrEqual(areas.aurc.mean + 1e-12);
      }),
    );
  });

  it("has an optimum that perfect ranking approaches as n grows", () => {
    const outcomes = Array.from({ length: 20_000 }, (_, index) => (index < 15_000 ? 1 : 0));
    expect(
      Math.abs(riskCoverageAreas({ scores: outcomes.map((o, i) => o - i * 1e-9), outcomes }).excessAurc),
    ).toBeLessThan(1e-4);
    expect(optimalAurc(1)).toBe(1);
    expect(optimalAurc(0)).toBe(0);
  });

  it("has no normalised trapezoid for one example, and no NaN", () => {
    const { aurc } = riskCoverageAreas({ scores: [0.6], outcomes: [0] });
    expect(aurc).toEqual({ mean: 1, trapezoidNormalised: null, trapezoidZeroOrigin: 0.5 });
  });
});

describe("operating points", () => {
  const scored = { scores: [0.9, 0.8, 0.7, 0.6, 0.5], outcomes: [1, 1, 0, 1, 0] };

  it("coverage at risk is the largest coverage whose error rate is allowed", () => {
    expect(coverageAtRisk(scored, 0)).toBe(0.4);
    expect(coverageAtRisk(scored, 0.25)).toBe(0.8);
    expect(coverageAtRisk(scored, 0.4)).toBe(1);
    expect(coverageAtRisk({ scores: [1], outcomes: [0] }, 0.5)).toBe(0);
  });

  it("risk at coverage rounds the count up, without being fooled by rounding", () => {
    expect(riskAtCoverage(scored, 0.8)).toBe(0.25);
    expect(riskAtCoverage(scored, 0.5)).toBeCloseTo(1 / 3, 15);
    expect(riskAtCoverage(scored, 0)).toBe(0);
    const hundred = {
      scores: Array.from({ length: 100 }, (_, i) => -i),
      outcomes: Array.from({ length: 100 }, (_, i) => (i < 7 ? 1 : 0)),
    };
    expect(riskAtCoverage(hundred, 0.07)).toBe(0);
  });
});

describe("logitNormScores", () => {
  const anyRow = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 3 });

  it("does not change when a row is scaled or shifted, and lies in [0, 1]", () => {
    fc.assert(
      fc.property(anyRow, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }), (row, scale, shift) => {
        const [plain] = logitNormScores({ logits: row, labels: [0], classCount: 3 });
        const [moved] = logitNormScores({ logits: row.map((z) => z * scale + shift), labels: [0], classCount: 3 });
        expect(moved).toBeCloseTo(plain!, 12);
        expect(plain).toBeGreaterThanOrEqual(0);
        expect(plain).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("scores equal logits 0 and does not overflow for extreme ones", () => {
    expect(Array.from(logitNormScores({ logits: [3, 3, 1e200, -1e200], labels: [0, 0], classCount: 2 }, 10))).toEqual([
      0,
      2 ** -0.1,
    ]);
  });

  it("gives no NaN at the end of the float range", () => {
    const [score] = logitNormScores({ logits: [1.7e308, -1.7e308], labels: [0], classCount: 2 }, 2);
    expect(score).toBeCloseTo(Math.SQRT1_2, 14);
  });

  it("chooses the power with the lowest validation AURC", () => {
    const validation = { logits: [5, 0, 0, 3, 3, -9, 4, 1, 0], labels: [0, 1, 1], classCount: 3 };
    const chosen = chooseLogitNormPower(validation, [1, 4]);
    const outcomes = [1, 0, 0];
    for (const power of [1, 4])
      expect(chosen.aurc).toBeLessThanOrEqual(
        riskCoverageAreas({ scores: logitNormScores(validation, power), outcomes }).aurc.mean,
      );
  });
});
