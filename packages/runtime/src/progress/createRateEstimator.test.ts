import { describe, expect, test } from "vitest";
import { createRateEstimator } from "./createRateEstimator.ts";

function withClock(halfLifeMs = 15_000) {
  let now = 0;
  const estimator = createRateEstimator({ halfLifeMs, nowMs: () => now });
  return { estimator, wait: (durationMs: number) => (now += durationMs) };
}

describe("createRateEstimator", () => {
  test("nothing is known before the first progress", () => {
    const { estimator, wait } = withClock();
    wait(1000);
    expect(estimator.perSecond()).toBe(0);
    expect(estimator.remainingMs(60)).toBe(Number.POSITIVE_INFINITY);
  });

  test("a steady rate is found within a few steps, without starting near zero", () => {
    const { estimator, wait } = withClock();
    for (let done = 1; done <= 5; done += 1) {
      wait(500);
      estimator.update(done);
    }
    // Half a step's uncertainty of weighting in five steps.
    expect(estimator.perSecond()).toBeGreaterThan(1.9);
    expect(estimator.perSecond()).toBeLessThan(2.1);
    expect(estimator.remainingMs(25)).toBeGreaterThan(9500);
    expect(estimator.remainingMs(25)).toBeLessThan(10_500);
  });

  test("after several half-lives the old rate is forgotten", () => {
    const { estimator, wait } = withClock(1000);
    let done = 0;
    for (let step = 0; step < 20; step += 1) {
      wait(100);
      done += 10;
      estimator.update(done);
    }
    for (let step = 0; step < 100; step += 1) {
      wait(100);
      done += 1;
      estimator.update(done);
    }
    // 10 half-lives: a thousandth of 100/s is left.
    expect(estimator.perSecond()).toBeGreaterThan(9);
    expect(estimator.perSecond()).toBeLessThan(11);
  });

  test("a pause lowers the rate, and what is done needs no time", () => {
    const { estimator, wait } = withClock(1000);
    wait(1000);
    estimator.update(10);
    const before = estimator.perSecond();
    wait(3000);
    expect(estimator.perSecond()).toBeLessThan(before / 2);
    expect(estimator.remainingMs(10)).toBe(0);
  });
});
