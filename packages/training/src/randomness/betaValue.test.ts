import { describe, expect, test } from "vitest";
import { betaValue, logGammaValue } from "./betaValue.ts";
import { randomStream } from "./randomStream.ts";

const DRAWS = 20_000;
/** Kolmogorov and Smirnov: a right sampler stays below this in 999 of 1000 seeds. */
const DISTANCE_MAX = 1.95 / Math.sqrt(DRAWS);

function distance(draws: readonly number[], cumulative: (value: number) => number): number {
  const sorted = draws.toSorted((a, b) => a - b);
  return sorted.reduce((worst, value, index) => {
    const expected = cumulative(value);
    return Math.max(worst, Math.abs(expected - index / DRAWS), Math.abs(expected - (index + 1) / DRAWS));
  }, 0);
}

function draw(name: string, next: (random: ReturnType<typeof randomStream>) => number): number[] {
  const random = randomStream(7, name);
  return Array.from({ length: DRAWS }, () => next(random));
}

describe("betaValue", () => {
  test.each<[number, (value: number) => number]>([
    [0.5, (value) => (2 / Math.PI) * Math.asin(Math.sqrt(value))],
    [1, (value) => value],
    [2, (value) => 3 * value ** 2 - 2 * value ** 3],
    [3, (value) => value ** 3 * (10 - 15 * value + 6 * value ** 2)],
  ])("has the distribution Beta(a, a): a = %d", (shape, cumulative) => {
    const draws = draw(`beta/${shape}`, (random) => betaValue(random, shape));
    expect(distance(draws, cumulative)).toBeLessThan(DISTANCE_MAX);
  });

  test.each([0.1, 0.2, 0.4, 8])("has the mean 1/2 and the variance 1 / (8 a + 4): a = %d", (shape) => {
    const draws = draw(`moments/${shape}`, (random) => betaValue(random, shape));
    const mean = draws.reduce((sum, value) => sum + value, 0) / DRAWS;
    const variance = draws.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / DRAWS;
    const expected = 1 / (8 * shape + 4);
    expect(Math.abs(mean - 0.5)).toBeLessThan((4 * Math.sqrt(expected)) / Math.sqrt(DRAWS));
    expect(variance / expected).toBeCloseTo(1, 1);
  });

  test("is 0 or 1, and never NaN, where the shape is tiny", () => {
    const draws = draw("tiny", (random) => betaValue(random, 1e-6));
    expect(draws.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(draws.filter((value) => value === 0 || value === 1).length).toBeGreaterThan(0.99 * DRAWS);
  });
});

describe("logGammaValue", () => {
  test.each<[number, (value: number) => number]>([
    [1, (value) => 1 - Math.exp(-value)],
    [2, (value) => 1 - Math.exp(-value) * (1 + value)],
    [5, (value) => 1 - Math.exp(-value) * (1 + value + value ** 2 / 2 + value ** 3 / 6 + value ** 4 / 24)],
  ])("has the gamma distribution of shape %d", (shape, cumulative) => {
    const draws = draw(`gamma/${shape}`, (random) => Math.exp(logGammaValue(random, shape)));
    expect(distance(draws, cumulative)).toBeLessThan(DISTANCE_MAX);
  });
});
