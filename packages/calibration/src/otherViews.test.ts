import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedCalibrationError } from "./calibrationError/expectedCalibrationError.ts";
import { hierarchicalDistance } from "./hierarchy/hierarchicalDistance.ts";
import { multiLabelMetrics } from "./multilabel/multiLabelMetrics.ts";
import { perplexity, tokenPerplexity } from "./sequences/perplexity.ts";

describe("hierarchicalDistance", () => {
  // classes 0 and 1 are siblings, 2 is far from both
  const distances = [0, 1, 4, 1, 0, 4, 4, 4, 0];
  const forecasts = {
    probabilities: [0.5, 0.4, 0.1, 0.5, 0.4, 0.1, 0.1, 0.2, 0.7],
    labels: [0, 1, 0],
    classCount: 3,
  };

  it("averages over mistakes, over all predictions, and over the k most probable classes", () => {
    expect(hierarchicalDistance(forecasts, distances)).toEqual({
      ofMistakes: 2.5,
      ofPredictions: 5 / 3,
      atRank: 5 / 3,
    });
    expect(hierarchicalDistance(forecasts, distances, { k: 2 }).atRank).toBeCloseTo((0 + 1 + 1 + 0 + 4 + 1) / 6, 14);
  });

  it("with all distances 1 is the error rate, and null of mistakes without one", () => {
    const flat = [0, 1, 1, 1, 0, 1, 1, 1, 0];
    expect(hierarchicalDistance(forecasts, flat)).toMatchObject({ ofMistakes: 1, ofPredictions: 2 / 3 });
    expect(hierarchicalDistance({ ...forecasts, labels: [0, 0, 2] }, flat)).toMatchObject({
      ofMistakes: null,
      ofPredictions: 0,
    });
  });

  it("refuses a distance matrix of another size, negative, or not 0 on the diagonal", () => {
    expect(() => hierarchicalDistance(forecasts, [0, 1, 1, 0])).toThrowError("distances must have length 9, got 4");
    expect(() => hierarchicalDistance(forecasts, [0, -1, 1, 1, 0, 1, 1, 1, 0])).toThrowError(
      "distances[1] must be at least 0, got -1",
    );
    expect(() => hierarchicalDistance(forecasts, [1, 1, 1, 1, 0, 1, 1, 1, 0])).toThrowError(
      "distances[0] must be 0 on the diagonal, got 1",
    );
  });
});

describe("multiLabelMetrics", () => {
  const anyMultiLabel = fc.integer({ min: 1, max: 4 }).chain((labelCount) =>
    fc
      .array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom(0, 1)), { minLength: 1, maxLength: 12 })
      .map((cells) => {
        const whole = Array.from({ length: labelCount }, () => cells).flat();
        return { probabilities: whole.map(([p]) => p / 20), labels: whole.map(([, y]) => y), labelCount };
      }),
  );

  it("micro is the binary problem of all decisions, macro the mean over labels", () => {
    fc.assert(
      fc.property(anyMultiLabel, (forecasts) => {
        const { micro, macro, perLabel } = multiLabelMetrics(forecasts);
        const { probabilities: confidences, labels: outcomes, labelCount } = forecasts;
        expect(micro.ece).toBe(expectedCalibrationError({ confidences, outcomes }));
        expect(perLabel).toHaveLength(labelCount);
        expect(macro.brier).toBeCloseTo(micro.brier, 12); // every label has as many decisions
        expect(macro.baseRate).toBeCloseTo(micro.baseRate, 12);
        const right = confidences.filter((p, i) => (p >= 0.5 ? 1 : 0) === outcomes[i]).length;
        expect(micro.accuracy).toBeCloseTo(right / outcomes.length, 14);
        for (const metrics of [micro, macro, ...perLabel])
          for (const [name, value] of Object.entries(metrics)) expect(Number.isNaN(value), name).toBe(false);
      }),
    );
  });

  it("shows smoothing as a signed gap of s (1/2 - base rate)", () => {
    const labels = [1, 0, 0, 0, 0, 0, 0, 1, 0, 0];
    const smoothed = labels.map((y) => 0.8 * y + 0.1);
    expect(multiLabelMetrics({ probabilities: smoothed, labels, labelCount: 2 }).micro.signedGap).toBeCloseTo(
      0.2 * (0.5 - 0.2),
      12,
    );
  });

  it("counts exact matches by example and leaves undefined recalls out of the mean", () => {
    const metrics = multiLabelMetrics({ probabilities: [0.9, 0.1, 0.8, 0.7], labels: [1, 0, 1, 0], labelCount: 2 });
    expect(metrics.exactMatch).toBe(0.5);
    expect(metrics.perLabel[1]!.recall).toBeNull();
    expect(metrics.macro.recall).toBe(1);
  });

  it("refuses labels that do not fill whole rows", () => {
    expect(() => multiLabelMetrics({ probabilities: [0.5], labels: [1], labelCount: 2 })).toThrowError(
      "labels must have a positive multiple of 2 values, got length 1",
    );
  });
});

describe("perplexity", () => {
  it("of a uniform model is the vocabulary size", () => {
    const uniform = tokenPerplexity({ logits: new Float64Array(5 * 32), labels: [0, 1, 2, 3, 31], classCount: 32 });
    expect(uniform.perplexity).toBeCloseTo(32, 10);
    expect(uniform.bits).toBeCloseTo(5, 12);
  });

  it("leaves padding out, also when its index lies outside the vocabulary", () => {
    const logits = [1, 0, 9, -9, 0, 1];
    const kept = tokenPerplexity({ logits: [1, 0, 0, 1], labels: [0, 0], classCount: 2 });
    expect(tokenPerplexity({ logits, labels: [0, -100, 0], classCount: 2, padding: -100 })).toEqual(kept);
    expect(() => tokenPerplexity({ logits: [1, 0], labels: [1], classCount: 2, padding: 1 })).toThrowError(
      "labels without padding must not be empty",
    );
  });

  it("refuses a negative loss, which no hard-label loss is", () => {
    expect(() => perplexity([0.5, -0.1])).toThrowError("losses[1] must be at least 0, got -0.1");
    expect(perplexity([1e4]).perplexity).toBe(Number.POSITIVE_INFINITY);
  });
});
