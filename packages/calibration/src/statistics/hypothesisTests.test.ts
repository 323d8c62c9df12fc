import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holm } from "./holm.ts";
import { kendallTau } from "./kendallTau.ts";
import { minimumDetectableEffect } from "./minimumDetectableEffect.ts";
import { normalCumulative } from "./normalDistribution.ts";
import { pairedDifferences } from "./pairedDifferences.ts";
import { seededRandom } from "./seededRandom.ts";
import { signFlipExact, signFlipOfSigns, signFlipTest } from "./signFlipTest.ts";

const anyDifferences = fc.array(
  fc.integer({ min: -6, max: 6 }).map((tenths) => tenths / 10),
  { minLength: 1, maxLength: 11 },
);

/** Second implementation: integers, so that ties are exact, and every assignment in turn. */
function naiveHits(differences: readonly number[]): number {
  const tenths = differences.map((difference) => Math.round(difference * 10));
  const observed = Math.abs(tenths.reduce((sum, value) => sum + value, 0));
  let hits = 0;
  for (let mask = 0; mask < 2 ** tenths.length; mask++) {
    const sum = tenths.reduce((total, value, index) => total + ((mask >> index) & 1 ? -value : value), 0);
    if (Math.abs(sum) >= observed) hits++;
  }
  return hits;
}

describe("sign-flip test", () => {
  it("counts every assignment exactly, ties and zeros included", () => {
    fc.assert(
      fc.property(anyDifferences, (differences) => {
        const { hits, assignments, pValue } = signFlipExact(differences);
        expect(hits).toBe(naiveHits(differences));
        expect(assignments).toBe(2 ** differences.length);
        expect(pValue).toBe(hits / assignments);
      }),
    );
  });

  it("does not depend on the order or on the overall sign", () => {
    fc.assert(
      fc.property(anyDifferences, (differences) => {
        const { hits } = signFlipExact(differences);
        expect(signFlipExact([...differences].reverse()).hits).toBe(hits);
        expect(signFlipExact(differences.map((value) => -value)).hits).toBe(hits);
      }),
    );
  });

  it("with all 2^n rows given finds the same hits as the exact count", () => {
    const differences = [0.3, -0.1, 0.2, 0.2];
    const signs = Array.from({ length: 16 }, (_, mask) => differences.map((_, bit) => ((mask >> bit) & 1 ? -1 : 1)));
    expect(signFlipOfSigns(differences, signs).hits).toBe(signFlipExact(differences).hits);
  });

  it("reaches its smallest p, 2 / 2^n, when all differences agree in sign", () => {
    expect(signFlipExact(Array.from({ length: 30 }, (_, index) => index + 1)).hits).toBe(2);
  });

  it("draws assignments above 40 pairs, repeatably, and comes near the normal approximation", () => {
    const random = seededRandom(5);
    const differences = Array.from({ length: 64 }, () => random() - 0.4);
    const test = signFlipTest(differences, { draws: 2000 });
    expect(test).toEqual(signFlipTest(differences, { draws: 2000 }));
    expect(test.method).toBe("monte-carlo");
    const z = differences.reduce((sum, d) => sum + d, 0) / Math.sqrt(differences.reduce((sum, d) => sum + d * d, 0));
    expect(Math.abs(test.pValue - 2 * normalCumulative(-Math.abs(z)))).toBeLessThan(0.03);
  });

  it("refuses too many pairs for an exact count, and signs other than 1 and -1", () => {
    expect(() => signFlipExact(new Array(41).fill(1))).toThrowError("differences must have at most 40 values");
    expect(() => signFlipOfSigns([1], [[0]])).toThrowError("signs[0][0] must be 1 or -1, got 0");
  });
});

describe("pairedDifferences", () => {
  it("has no t value without spread, even where subtraction rounds", () => {
    const comparison = pairedDifferences([0.81, 0.82, 0.83], [0.8, 0.81, 0.82]);
    expect(comparison).toMatchObject({ standardDeviation: 0, tStatistic: null, tPValue: null });
    expect(comparison.low).toBe(comparison.mean);
  });

  it("has nothing but mean and sign flip for one pair", () => {
    expect(pairedDifferences([0.5], [0.25])).toEqual({
      differences: [0.25],
      n: 1,
      mean: 0.25,
      standardDeviation: null,
      standardError: null,
      tCritical: null,
      low: null,
      high: null,
      tStatistic: null,
      tPValue: null,
      signFlip: { method: "exact", assignments: 2, hits: 2, pValue: 1 },
    });
  });

  it("excludes 0 from the interval exactly when p is below 1 - level", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 30 }), { minLength: 2, maxLength: 10 }), (a) => {
        const { low, high, tPValue } = pairedDifferences(
          a,
          a.map(() => 0),
        );
        if (tPValue === null || Math.abs(tPValue - 0.05) < 1e-9) return;
        expect(low! > 0 || high! < 0).toBe(tPValue < 0.05);
      }),
    );
  });

  it("refuses lists of different length", () => {
    expect(() => pairedDifferences([1, 2], [1])).toThrowError("b must have length 2, got 1");
  });
});

describe("holm", () => {
  const anyP = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });

  it("lies between the plain p and Bonferroni's, and keeps the order", () => {
    fc.assert(
      fc.property(anyP, (pValues) => {
        const { adjusted } = holm(pValues);
        for (const [i, p] of pValues.entries()) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p * pValues.length) + 1e-15);
          for (const [j, other] of pValues.entries())
            if (p < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
        }
      }),
    );
  });

  it("rejects what the step-down procedure rejects", () => {
    fc.assert(
      fc.property(anyP, (pValues) => {
        const sorted = [...pValues].sort((a, b) => a - b);
        const stop = sorted.findIndex((p, rank) => (pValues.length - rank) * p > 0.05);
        const expected = stop === -1 ? pValues.length : stop;
        expect(holm(pValues).rejected.filter(Boolean)).toHaveLength(expected);
      }),
    );
  });

  it("refuses p outside [0, 1]", () => {
    expect(() => holm([0.5, 1.1])).toThrowError("pValues[1] must be in [0, 1], got 1.1");
  });
});

describe("minimumDetectableEffect", () => {
  it("is found with about the stated power in simulation", () => {
    const random = seededRandom(11);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const effect = minimumDetectableEffect(1, 8);
    const found = Array.from({ length: 1500 }, () => {
      const a = Array.from({ length: 8 }, () => effect + normal());
      return pairedDifferences(
        a,
        a.map(() => 0),
      ).tPValue! < 0.05
        ? 1
        : 0;
    }).reduce<number>((sum, hit) => sum + hit, 0);
    expect(found / 1500).toBeGreaterThan(0.75);
    expect(found / 1500).toBeLessThan(0.87);
  });

  it("shrinks with more seeds and needs at least two", () => {
    expect(minimumDetectableEffect(1, 20)).toBeLessThan(minimumDetectableEffect(1, 5));
    expect(minimumDetectableEffect(1, 5)).toBeCloseTo(1.662, 2);
    expect(() => minimumDetectableEffect(1, 1)).toThrowError("pairs must be an integer of at least 2, got 1");
  });
});

describe("kendallTau", () => {
  it("is 1 for the same ranking, -1 for the reverse, and null without a ranking", () => {
    expect(kendallTau([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 14);
    expect(kendallTau([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 14);
    expect(kendallTau([1, 1], [1, 2])).toBeNull();
  });

  it("corrects for ties (scipy.stats.kendalltau of the same lists)", () => {
    expect(kendallTau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.47140452079103173, 12);
  });
});
