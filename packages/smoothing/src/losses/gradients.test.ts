import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildTargetPlan } from "../plans/buildTargetPlan.ts";
import { bceWithLogits } from "./bceWithLogits.ts";
import { confidencePenalty } from "./confidencePenalty.ts";
import { crossEntropy } from "./crossEntropy.ts";
import { focalLoss } from "./focalLoss.ts";
import { ldamLoss } from "./ldamLoss.ts";
import { logitAdjustedCrossEntropy } from "./logitAdjustedCrossEntropy.ts";
import { marginLabelSmoothing } from "./marginLabelSmoothing.ts";
import { maxSuppression } from "./maxSuppression.ts";
import { meanSquaredError } from "./meanSquaredError.ts";
import { planLoss } from "./planLoss.ts";
import { postHocPrediction } from "./postHocPrediction.ts";
import { sampleWeightedCrossEntropy } from "./sampleWeightedCrossEntropy.ts";

type Batch = readonly (readonly number[])[];
type Loss = (logits: Batch, labels: readonly number[]) => { loss: unknown; gradient: unknown };

const classCounts = [500, 40, 7];
const context = { classCount: 3, classCounts };
const targets = [
  [0.7, 0.2, 0.4],
  [0.1, 0.8, 0.1],
];
const planned = buildTargetPlan(
  {
    smoothing: { convention: "conv-e", epsilon: 0.2, allowUnnormalised: true },
    strategy: { kind: "weighted", weights: "inverse-frequency", form: "class-term" },
  },
  context,
);
const ldamPlan = buildTargetPlan(
  { smoothing: { convention: "off-target", epsilon: 0.1 }, strategy: { kind: "ldam-drw", startEpoch: 0, scale: 3 } },
  context,
);

const losses: Record<string, Loss> = {
  "crossEntropy with smoothing and weights": (z, y) =>
    crossEntropy(z, y, { labelSmoothing: 0.2, classWeights: [1, 2, 5] }),
  "crossEntropy with probabilities": (z) => crossEntropy(z, targets, { labelSmoothing: 0.1 }),
  bceWithLogits: (z) => bceWithLogits(z, targets, { posWeight: [1, 3, 0.5] }),
  "meanSquaredError of softmax": (z) => meanSquaredError(z, targets, { output: "softmax" }),
  "meanSquaredError of logits": (z) => meanSquaredError(z, targets, { output: "linear", reduction: "meanOverSamples" }),
  "focalLoss 2": (z, y) => focalLoss(z, y, { gamma: 2 }),
  "focalLoss 0.5": (z, y) => focalLoss(z, y, { gamma: 0.5 }),
  confidencePenalty: (z, y) => confidencePenalty(z, y, { beta: 0.7 }),
  marginLabelSmoothing: (z, y) => marginLabelSmoothing(z, y, { margin: 1, penaltyWeight: 0.3 }),
  maxSuppression: (z, y) => maxSuppression(z, y, { epsilon: 0.2 }),
  logitAdjustedCrossEntropy: (z, y) => logitAdjustedCrossEntropy(z, y, { classCounts, labelSmoothing: 0.1 }),
  ldamLoss: (z, y) => ldamLoss(z, y, { classCounts, scale: 4, classWeights: [1, 2, 3] }),
  sampleWeightedCrossEntropy: (z, y) =>
    sampleWeightedCrossEntropy(z, y, { targets, classWeights: [1, 2, 3], reduction: "weightedMean" }),
  "planLoss with class-term weights": (z, y) => planLoss(planned, z, { labels: y }),
  "planLoss with margins": (z, y) => planLoss(ldamPlan, z, { labels: y }),
};

/** Logits on a grid, so that no two of a row are near each other or a kink. */
const batch = fc
  .array(fc.integer({ min: -6, max: 6 }), { minLength: 6, maxLength: 6 })
  .map((z) => z.map((value, index) => value / 2 + 0.07 * index))
  .map((z) => [z.slice(0, 3), z.slice(3)]);
const labels = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 2 });

describe("gradients", () => {
  test.each(Object.entries(losses))("%s agrees with finite differences", (_, give) => {
    fc.assert(
      fc.property(batch, labels, (z, y) => {
        const gradient = give(z, y).gradient as number[][];
        const step = 1e-5;
        for (let row = 0; row < 2; row++) {
          for (let k = 0; k < 3; k++) {
            const moved = (by: number) =>
              give(
                z.map((values, index) => (index === row ? values.with(k, values[k]! + by) : values)),
                y,
              ).loss as number;
            const numeric = (moved(step) - moved(-step)) / (2 * step);
            expect(Math.abs(gradient[row]![k]! - numeric)).toBeLessThan(1e-6);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("losses that are special cases of each other", () => {
  const z = [
    [1.2, -0.3, 0.4],
    [0.1, 2.2, -1],
  ];
  const y = [0, 1];
  const plain = crossEntropy(z, y).loss as number;

  test("focal with gamma 0, confidence penalty 0, margin penalty 0, tau 0 and unit weights are cross entropy", () => {
    expect(focalLoss(z, y, { gamma: 0 }).loss).toBeCloseTo(plain, 14);
    expect(confidencePenalty(z, y, { beta: 0 }).loss).toBeCloseTo(plain, 14);
    expect(marginLabelSmoothing(z, y, { margin: 3, penaltyWeight: 0 }).loss).toBeCloseTo(plain, 14);
    expect(logitAdjustedCrossEntropy(z, y, { classCounts, tau: 0 }).loss).toBeCloseTo(plain, 14);
    expect(ldamLoss(z, y, { classCounts, maxMargin: 0, scale: 1 }).loss).toBeCloseTo(plain, 14);
  });

  test("MaxSup is label smoothing where every prediction is right, and a margin of 0 is it too", () => {
    const smoothed = crossEntropy(z, y, { labelSmoothing: 0.1 }).loss as number;
    expect(maxSuppression(z, y, { epsilon: 0.1 }).loss).toBeCloseTo(smoothed, 14);
    expect(marginLabelSmoothing(z, y, { margin: 0, penaltyWeight: 0.1 }).loss).toBeCloseTo(smoothed, 14);
  });

  test("a plan of plain smoothing has PyTorch's loss, with class-term weights too", () => {
    const smoothing = { convention: "uniform", epsilon: 0.1 } as const;
    const uniform = buildTargetPlan({ smoothing, strategy: { kind: "none" } }, context);
    expect(planLoss(uniform, z, { labels: y }).loss).toBeCloseTo(
      crossEntropy(z, y, { labelSmoothing: 0.1 }).loss as number,
      14,
    );
    const strategy = { kind: "weighted", weights: "inverse-frequency", form: "class-term" } as const;
    const weighted = buildTargetPlan({ smoothing, strategy }, context);
    const classWeights = weighted.classTermWeight as readonly number[];
    const expected = crossEntropy(z, y, { labelSmoothing: 0.1, classWeights }).loss as number;
    expect(planLoss(weighted, z, { labels: y }).loss).toBeCloseTo(expected, 13);
  });

  test("logit adjustment after the fact favours the rare class", () => {
    expect(postHocPrediction([[1, 0, 0]], classCounts)).toEqual([2]);
    expect(postHocPrediction([[1, 0, 0]], classCounts, 0)).toEqual([0]);
  });

  test("extreme logits leave every loss finite", () => {
    const extreme = [
      [1e5, -1e5, 0],
      [-1e5, 1e5, 1e5],
    ];
    for (const give of Object.values(losses)) {
      const { loss, gradient } = give(extreme, [1, 0]);
      expect(Number.isFinite(loss)).toBe(true);
      expect((gradient as number[][]).every((row) => Array.from(row).every(Number.isFinite))).toBe(true);
    }
  });

  test("a constant added to huge logits does not round a margin away", () => {
    const options = { classCounts, scale: 30, maxMargin: 0.5 };
    const near = ldamLoss([[0, 0, -1]], [0], options);
    const far = ldamLoss([[2 ** 40, 2 ** 40, 2 ** 40 - 1]], [0], options);
    expect(far).toEqual(near);
  });

  test("bad batches are refused with a code", () => {
    const code = (code: string) => expect.objectContaining({ code });
    expect(() => focalLoss([], [], { gamma: 1 })).toThrow(code("empty_input"));
    expect(() => focalLoss([[1, 2], [1]], [0, 0], { gamma: 1 })).toThrow(code("wrong_length"));
    expect(() => focalLoss([[1, 2]], [0, 0], { gamma: 1 })).toThrow(code("wrong_length"));
    expect(() => focalLoss([[1, Number.NaN]], [0], { gamma: 1 })).toThrow(code("not_finite"));
    expect(() => focalLoss([[1, 2]], [2], { gamma: 1 })).toThrow(code("class_out_of_range"));
    expect(() => focalLoss([[1, 2]], [0], { gamma: -1 })).toThrow(code("out_of_range"));
    expect(() => ldamLoss([[1, 2]], [0], { classCounts: [1, 0] })).toThrow(code("empty_class"));
    expect(() => bceWithLogits([[1, 2]], [[1]])).toThrow(code("wrong_length"));
    expect(() => meanSquaredError([[1, 2]], [], { output: "linear" })).toThrow(code("wrong_length"));
  });
});
