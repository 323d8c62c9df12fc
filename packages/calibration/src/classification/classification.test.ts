import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "../evaluate.ts";
import { softmaxRows } from "../softmax/softmaxRows.ts";
import { brierDecomposition } from "./brierDecomposition.ts";
import { brierScore } from "./brierScore.ts";
import { balancedAccuracy, groupRecall, macroF1 } from "./classAverages.ts";
import { frequencyGroups } from "./frequencyGroups.ts";
import { negativeLogLikelihood } from "./negativeLogLikelihood.ts";
import { perClassScores } from "./perClassScores.ts";
import { rowEntropies, rowMargins } from "./rowSummaries.ts";
import { topAccuracy } from "./topAccuracy.ts";

const anyForecasts = fc
  .record({ classCount: fc.integer({ min: 2, max: 7 }), count: fc.integer({ min: 1, max: 30 }) })
  .chain(({ classCount, count }) =>
    fc.record({
      logits: fc.array(
        fc.integer({ min: -60, max: 60 }).map((tenths) => tenths / 10),
        { minLength: count * classCount, maxLength: count * classCount },
      ),
      labels: fc.array(fc.nat(classCount - 1), { minLength: count, maxLength: count }),
      classCount: fc.constant(classCount),
    }),
  )
  .map((predictions) => ({ ...predictions, probabilities: softmaxRows(predictions).probabilities }));

describe("brierScore", () => {
  it("reproduces the published torch-uncertainty examples", () => {
    expect(brierScore({ probabilities: [0.8, 0.2, 0.3, 0.7], labels: [0, 1], classCount: 2 })).toBeCloseTo(0.13, 12);
    const three = { probabilities: [0.6, 0.3, 0.1, 0.2, 0.5, 0.3], labels: [0, 2], classCount: 3 };
    expect(brierScore(three)).toBeCloseTo(0.52, 12);
  });
});

describe("brierDecomposition", () => {
  it("adds up to the Brier score, with nothing left within bins of distinct values", () => {
    fc.assert(
      fc.property(anyForecasts, fc.integer({ min: 1, max: 30 }), (forecasts, bins) => {
        for (const options of [{ bins }, { distinctValues: true }]) {
          const parts = brierDecomposition(forecasts, options);
          const sum = parts.reliability - parts.resolution + parts.uncertainty + parts.withinBin;
          expect(sum).toBeCloseTo(brierScore(forecasts), 12);
        }
        expect(brierDecomposition(forecasts, { distinctValues: true }).withinBin).toBeCloseTo(0, 12);
      }),
    );
  });
});

describe("evaluate against the functions of probabilities", () => {
  it("agrees on every metric both give", () => {
    fc.assert(
      fc.property(anyForecasts, (forecasts) => {
        const metrics = evaluate(forecasts);
        const scores = perClassScores(forecasts);
        const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(metrics.nll).toBeCloseTo(negativeLogLikelihood(forecasts), 12);
        expect(metrics.accuracy).toBe(topAccuracy(forecasts, 1));
        expect(metrics.top5Accuracy).toBe(forecasts.classCount > 5 ? topAccuracy(forecasts, 5) : null);
        expect(metrics.balancedAccuracy).toBe(balancedAccuracy(scores));
        expect(metrics.macroF1).toBe(macroF1(scores));
        expect(metrics.entropy).toBeCloseTo(mean(rowEntropies(forecasts)), 12);
        expect(metrics.margin).toBeCloseTo(mean(rowMargins(forecasts)), 12);
      }),
    );
  });

  it("does not depend on the order of the examples", () => {
    fc.assert(
      fc.property(anyForecasts, ({ logits, labels, classCount }) => {
        const rows = labels.map((_, row) => logits.slice(row * classCount, (row + 1) * classCount)).reverse();
        const forward = evaluate({ logits, labels, classCount });
        const backward = evaluate({ logits: rows.flat(), labels: [...labels].reverse(), classCount });
        for (const [name, value] of Object.entries(forward)) {
          const other = backward[name as keyof typeof backward];
          if (typeof value === "number") expect(other, name).toBeCloseTo(value, 12);
          else expect(other, name).toEqual(value);
        }
      }),
    );
  });

  it("never gives NaN for finite logits and temperatures, however extreme", () => {
    const extreme = fc.constantFrom(0, 1e-300, -1e-300, 1, -1, 1e5, -1e5, 1e150, -1e150, 1.7e308, -1.7e308);
    const sets = fc.array(fc.tuple(extreme, extreme, extreme, fc.nat(2)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sets, fc.constantFrom(5e-324, 1e-3, 1, 1e3, 1e308), (rows, temperature) => {
        const logits = rows.flatMap((row) => row.slice(0, 3));
        const metrics = evaluate({ logits, labels: rows.map((row) => row[3]), classCount: 3 }, { temperature });
        for (const [name, value] of Object.entries(metrics)) expect(value, name).not.toBeNaN();
      }),
    );
  });
});

describe("topAccuracy", () => {
  it("rises with k to 1, ties ranking the lower class first", () => {
    fc.assert(
      fc.property(anyForecasts, (forecasts) => {
        const shares = Array.from({ length: forecasts.classCount }, (_, index) => topAccuracy(forecasts, index + 1));
        for (let index = 1; index < shares.length; index++)
          expect(shares[index]).toBeGreaterThanOrEqual(shares[index - 1]!);
        expect(shares.at(-1)).toBe(1);
      }),
    );
    expect(topAccuracy({ probabilities: [0.5, 0.5], labels: [1], classCount: 2 }, 1)).toBe(0);
  });

  it("refuses k outside 1..K", () => {
    const forecasts = { probabilities: [0.5, 0.5], labels: [1], classCount: 2 };
    expect(() => topAccuracy(forecasts, 3)).toThrowError("k must be an integer in 1..2, got 3");
  });
});

describe("per-class scores and groups", () => {
  const forecasts = {
    probabilities: [0.8, 0.1, 0.1, 0.6, 0.3, 0.1, 0.2, 0.7, 0.1, 0.9, 0.05, 0.05],
    labels: [0, 1, 1, 0],
    classCount: 3,
  };

  it("is null where a class has no examples or no predictions", () => {
    expect(perClassScores(forecasts)).toEqual([
      { support: 2, predicted: 3, recall: 1, precision: 2 / 3, f1: 0.8 },
      { support: 2, predicted: 1, recall: 0.5, precision: 1, f1: 2 / 3 },
      { support: 0, predicted: 0, recall: null, precision: null, f1: null },
    ]);
  });

  it("averages over present classes, or over all with absent ones as 0", () => {
    const scores = perClassScores(forecasts);
    expect(balancedAccuracy(scores)).toBe(0.75);
    expect(macroF1(scores)).toBeCloseTo((0.8 + 2 / 3) / 2, 14);
    expect(macroF1(scores, "all")).toBeCloseTo((0.8 + 2 / 3) / 3, 14);
  });

  it("groups classes by training counts or by rank, and averages recall in a group", () => {
    expect(frequencyGroups([500, 100, 20, 19])).toEqual({ head: [0], medium: [1, 2], tail: [3] });
    const byRank = frequencyGroups([5, 9, 9, 1], { by: "rank", headClasses: 1, tailClasses: 2 });
    expect(byRank).toEqual({ head: [1], medium: [2], tail: [0, 3] });
    const scores = perClassScores(forecasts);
    expect(groupRecall(scores, [0, 1, 2])).toBe(0.75);
    expect(groupRecall(scores, [2])).toBeNull();
    expect(() => groupRecall(scores, [3])).toThrowError("classes[0] must be an integer in 0..2, got 3");
  });
});
