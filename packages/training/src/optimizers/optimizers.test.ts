import type { TrainingSpec } from "@smoothsweep/contracts";
import { expect, test } from "vitest";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { learningRateAt } from "./learningRateAt.ts";
import { momentumStep } from "./momentumSgd.ts";

function training(schedule: TrainingSpec["schedule"]): TrainingSpec {
  return { epochs: 1, batchSize: 1, optimizer: { kind: "sgd", learningRate: 0.2, momentum: 0.5 }, schedule };
}

test("the constant schedule does not move", () => {
  expect(learningRateAt(training("constant"), 7, 10)).toBe(0.2);
});

test("the cosine schedule starts at the full rate, is half way in the middle, and never reaches zero", () => {
  expect(learningRateAt(training("cosine"), 0, 10)).toBe(0.2);
  expect(learningRateAt(training("cosine"), 5, 10)).toBeCloseTo(0.1, 12);
  expect(learningRateAt(training("cosine"), 9, 10)).toBeGreaterThan(0);
});

test("momentum follows v = m v + g, w = w - lr v", async () => {
  const { tf, dispose } = await resolveEngine("cpu");
  const moved = tf.tidy(() => {
    const start = { value: tf.tensor1d([1, -2]), velocity: tf.tensor1d([4, 0]) };
    const step = { gradient: tf.tensor1d([2, 8]), learningRate: 0.25, momentum: 0.5 };
    const first = momentumStep(tf, start, step);
    const second = momentumStep(tf, first, { ...step, momentum: 0 });
    return [first.velocity, first.value, second.velocity, second.value].map((tensor) => Array.from(tensor.dataSync()));
  });
  expect(moved).toEqual([
    [4, 8],
    [0, -4],
    [2, 8],
    [-0.5, -6],
  ]);
  dispose();
});
