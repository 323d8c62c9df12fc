import { expect, test } from "vitest";
import { classProbabilityAt } from "./classProbabilityAt.ts";
import { classSampling } from "./classSampling.ts";

test("balanced sampling draws every class that has examples equally often", () => {
  expect(classSampling([90, 10, 0], "balanced").classProbability).toEqual([0.5, 0.5, 0]);
});

test("square-root sampling draws by the root of the count", () => {
  expect(classSampling([900, 100], "square-root").classProbability).toEqual([0.75, 0.25]);
});

test("progressive sampling goes from the data's frequencies to balanced", () => {
  const plan = classSampling([90, 10], "progressive", 5);
  expect(classProbabilityAt(plan, 0, 100)).toEqual([0.9, 0.1]);
  expect(classProbabilityAt(plan, 2, 100)).toEqual([expect.closeTo(0.7, 14), expect.closeTo(0.3, 14)]);
  expect(classProbabilityAt(plan, 4, 100)).toEqual([0.5, 0.5]);
  expect(classProbabilityAt(classSampling([90, 10], "progressive"), 9, 10)).toEqual([0.5, 0.5]);
});
