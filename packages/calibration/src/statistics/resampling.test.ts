import { describe, expect, it } from "vitest";
import { bootstrap } from "./bootstrap.ts";
import { normalCumulative, normalQuantile } from "./normalDistribution.ts";
import { median, quantile } from "./quantile.ts";
import { mean, standardDeviation } from "./sampleMoments.ts";
import { seededRandom } from "./seededRandom.ts";

describe("normal distribution", () => {
  // scipy.stats.norm.cdf
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [1.959963984540054, 0.975],
    [-2.9999, 0.001350341282954925],
    [-3.0001, 0.0013494549132607172],
    [-6, 9.865876450376946e-10],
    [-10, 7.619853024160495e-24],
    [3.5, 0.9997673709209645],
  ])("P(Z <= %d) is right to 12 digits", (x, probability) => {
    expect(normalCumulative(x) / probability).toBeCloseTo(1, 11);
  });

  it("quantile inverts the distribution from 1e-300 to 1 - 1e-15", () => {
    for (const p of [1e-300, 1e-20, 1e-9, 0.001, 0.025, 0.3, 0.5, 0.7, 0.975, 0.9999, 1 - 1e-15])
      expect(normalCumulative(normalQuantile(p)) / p).toBeCloseTo(1, 11);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
  });
});

describe("quantile", () => {
  it("interpolates at (n - 1) q and keeps within the range", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([4, 1, 3, 2], 0.1)).toBeCloseTo(1.3, 14);
    expect([quantile([7], 0.3), quantile([1, 2], 0), quantile([1, 2], 1)]).toEqual([7, 1, 2]);
    expect(median([3, 1, 2])).toBe(2);
  });
});

describe("moments", () => {
  it("are exact where naive sums are not", () => {
    expect(mean([0.1, 0.1, 0.1])).toBe(0.1);
    expect(mean([1e16, 1, -1e16])).toBeCloseTo(1 / 3, 15);
    expect(standardDeviation([1e9, 1e9 + 1, 1e9 + 2])).toBeCloseTo(1, 14);
    expect(standardDeviation([0.3])).toBeNull();
  });
});

describe("bootstrap", () => {
  const data = [0.2, 0.4, 0.1, 0.9, 0.6, 0.3];

  it("repeats with the same seed and differs with another", () => {
    const first = bootstrap(data, mean, { draws: 200 });
    expect(bootstrap(data, mean, { draws: 200 })).toEqual(first);
    expect(bootstrap(data, mean, { draws: 200, random: seededRandom(1) }).percentile).not.toEqual(first.percentile);
  });

  it("has the standard error of the mean that theory gives", () => {
    const { standardError } = bootstrap(data, mean, { draws: 20_000 });
    const theory = (standardDeviation(data)! * Math.sqrt(5 / 6)) / Math.sqrt(6);
    expect(standardError! / theory).toBeCloseTo(1, 1);
  });

  it("contains the estimate in both intervals and mirrors when the data are negated", () => {
    const plain = bootstrap(data, mean, { draws: 999 });
    const mirrored = bootstrap(
      data.map((value) => -value),
      mean,
      { draws: 999 },
    );
    for (const interval of [plain.percentile, plain.bca!]) {
      expect(interval.low).toBeLessThan(plain.estimate);
      expect(interval.high).toBeGreaterThan(plain.estimate);
    }
    expect(mirrored.bca!.low).toBeCloseTo(-plain.bca!.high, 10);
    expect(mirrored.percentile.high).toBeCloseTo(-plain.percentile.low, 10);
  });

  it("has no BCa interval without spread, and no NaN", () => {
    expect(bootstrap([0.1, 0.1, 0.1], mean, { draws: 50 })).toMatchObject({
      standardError: 0,
      bca: null,
      percentile: { low: 0.1, high: 0.1 },
    });
    expect(bootstrap([0.7], mean, { draws: 1 })).toMatchObject({ standardError: null, bca: null });
  });

  it("refuses an index outside the data and rows of another length", () => {
    expect(() => bootstrap(data, mean, { resampleIndices: [[0, 1, 2, 3, 4, 6]] })).toThrowError(
      "resampleIndices[0][5] must be an integer in 0..5, got 6",
    );
    expect(() => bootstrap(data, mean, { resampleIndices: [[0]] })).toThrowError(
      "resampleIndices[0] must have length 6",
    );
  });
});

describe("seededRandom", () => {
  it("is uniform enough for resampling: mean, variance and no early repeats", () => {
    const random = seededRandom(42);
    const values = Array.from({ length: 20_000 }, () => random());
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(standardDeviation(values)).toBeCloseTo(Math.sqrt(1 / 12), 2);
    expect(new Set(values).size).toBe(values.length);
    for (const value of values) expect(value >= 0 && value < 1).toBe(true);
  });
});
