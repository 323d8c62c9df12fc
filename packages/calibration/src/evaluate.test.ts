import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "./evaluate.ts";
import { headlineMetrics } from "./headlineMetrics.ts";
import type { Predictions } from "./predictions.ts";

/** Second implementation: plain loops over nested arrays, nothing shared with the package. */
function naive({ logits, labels, classCount }: Predictions, bins: number) {
  const rows = Array.from(labels, (_, i) => Array.from({ length: classCount }, (_, k) => logits[i * classCount + k]!));
  const probabilities = rows.map((row) => {
    const terms = row.map((z) => Math.exp(z - Math.max(...row)));
    const total = terms.reduce((a, b) => a + b, 0);
    return terms.map((term) => term / total);
  });
  const n = rows.length;
  const average = (f: (i: number) => number) => rows.reduce((sum, _, i) => sum + f(i), 0) / n;
  const top = probabilities.map((p) => Math.max(...p));
  const right = probabilities.map((p, i) => (p.indexOf(top[i]!) === labels[i] ? 1 : 0));
  let ece = 0;
  for (let b = 0; b < bins; b++) {
    const inside = top.flatMap((c, i) => (c > b / bins && c <= (b + 1) / bins ? [i] : []));
    ece += Math.abs(inside.reduce((sum, i) => sum + right[i]! - top[i]!, 0)) / n;
  }
  return {
    accuracy: average((i) => right[i]!),
    nll: average((i) => -Math.log(probabilities[i]![labels[i]!]!)),
    brier: average((i) => probabilities[i]!.reduce((s, p, k) => s + (p - (k === labels[i] ? 1 : 0)) ** 2, 0)),
    ece,
    signedGap: average((i) => top[i]! - right[i]!),
    entropy: average((i) => -probabilities[i]!.reduce((s, p) => s + p * Math.log(p), 0)),
    meanLogitNorm: average((i) => Math.hypot(...rows[i]!)),
  };
}

/** On a grid of 1e-3: nearer logits give equal probabilities in float64, and then the two argmaxes may differ. */
const anyLogit = fc.integer({ min: -20_000, max: 20_000 }).map((thousandths) => thousandths / 1000);

const anyPredictions = fc
  .record({ classCount: fc.integer({ min: 2, max: 6 }), count: fc.integer({ min: 1, max: 40 }) })
  .chain(({ classCount, count }) =>
    fc.record({
      classCount: fc.constant(classCount),
      logits: fc.array(anyLogit, {
        minLength: count * classCount,
        maxLength: count * classCount,
      }),
      labels: fc.array(fc.integer({ min: 0, max: classCount - 1 }), { minLength: count, maxLength: count }),
    }),
  );

describe("headlineMetrics", () => {
  it("gives exactly the numbers of evaluate, at any temperature and number of bins", () => {
    fc.assert(
      fc.property(anyPredictions, fc.double({ min: 0.1, max: 10, noNaN: true }), (predictions, temperature) => {
        const options = { temperature, bins: 7 };
        expect(evaluate(predictions, options)).toMatchObject(headlineMetrics(predictions, options));
      }),
    );
  });
});

describe("evaluate", () => {
  it("agrees with a plain-loop second implementation", () => {
    fc.assert(
      fc.property(anyPredictions, fc.integer({ min: 1, max: 30 }), (predictions, bins) => {
        const metrics = evaluate(predictions, { bins });
        for (const [name, value] of Object.entries(naive(predictions, bins)))
          expect(metrics[name as keyof typeof metrics], name).toBeCloseTo(value, 10);
      }),
    );
  });

  it("gives the same from Float32Array as from the same numbers in float64", () => {
    const logits = Float32Array.from([0.1, 0.7, -2.3, 1.5, 0.25, 3.125]);
    const labels = Int32Array.from([1, 0]);
    const single = evaluate({ logits, labels, classCount: 3 });
    expect(single).toEqual(evaluate({ logits: Array.from(logits), labels: [1, 0], classCount: 3 }));
  });

  it("keeps the loss finite and exact for extreme logits", () => {
    const metrics = evaluate({ logits: [1e5, -1e5, 0, 40], labels: [1, 1], classCount: 2 });
    expect(metrics.nll).toBeCloseTo(1e5, 9);
    expect(evaluate({ logits: [0, 40], labels: [1], classCount: 2 }).nll).toBeCloseTo(Math.exp(-40), 30);
  });

  it("divides the logits by the temperature and leaves their norm as given", () => {
    const warm = evaluate({ logits: [4, 0], labels: [0], classCount: 2 }, { temperature: 2 });
    const scaled = evaluate({ logits: [2, 0], labels: [0], classCount: 2 });
    expect(warm.nll).toBeCloseTo(scaled.nll, 15);
    expect(warm.meanLogitNorm).toBe(4);
  });

  it.each([
    ["an empty set", { logits: [], labels: [], classCount: 2 }, "labels must not be empty"],
    ["one class", { logits: [1], labels: [0], classCount: 1 }, "classCount must be an integer of at least 2, got 1"],
    ["a wrong length", { logits: [1, 2, 3], labels: [0], classCount: 2 }, "logits must have length 2, got 3"],
    ["NaN", { logits: [1, Number.NaN], labels: [0], classCount: 2 }, "logits[1] must be a finite number, got NaN"],
    [
      "infinity",
      { logits: [1, -Infinity], labels: [0], classCount: 2 },
      "logits[1] must be a finite number, got -Infinity",
    ],
    [
      "a label out of range",
      { logits: [1, 2], labels: [2], classCount: 2 },
      "labels[0] must be an integer in 0..1, got 2",
    ],
  ])("refuses %s by name, rule and value", (_, predictions, message) => {
    expect(() => evaluate(predictions)).toThrowError(message);
    expect(() => evaluate(predictions)).toThrowError(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  it("refuses a temperature or a bin count that is not positive", () => {
    const predictions = { logits: [1, 2], labels: [0], classCount: 2 };
    expect(() => evaluate(predictions, { temperature: 0 })).toThrowError("temperature must be a number above 0, got 0");
    expect(() => evaluate(predictions, { bins: 0 })).toThrowError("bins must be a positive integer, got 0");
  });
});
