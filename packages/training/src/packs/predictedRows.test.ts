import { describe, expect, test } from "vitest";
import { planOf } from "../../test/fixtures/plans.ts";
import { meanRowNorm, predictedRows } from "./predictedRows.ts";

const plain = planOf({ kind: "none" });
const crossEntropy = { kind: "cross-entropy" } as const;
const sigmoids = { kind: "binary-cross-entropy", convention: "half" } as const;

function softmax(logits: Float32Array): number[] {
  const exponentials = Array.from(logits, (logit) => Math.exp(logit));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}

describe("predictedRows", () => {
  test("leaves logits as they are where nothing says otherwise", () => {
    const logits = Float32Array.of(1, 2, 3, 4, 5);
    const rows = predictedRows({ plan: plain, loss: crossEntropy }, logits);
    expect([rows.logits, rows.modelLogits]).toEqual([logits, logits]);
    expect(rows.logits).toBe(rows.modelLogits);
  });

  test("predicts with sigmoids made to sum to 1, and keeps the order of the classes", () => {
    const logits = Float32Array.of(-3, 0.5, 2, -20, 1);
    const rows = predictedRows({ plan: plain, loss: sigmoids }, Float32Array.from(logits));
    const values = Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit)));
    const total = values.reduce((sum, value) => sum + value, 0);
    softmax(rows.logits).forEach((share, index) => {
      expect(share).toBeCloseTo((values[index] as number) / total, 6);
    });
    expect(rows.modelLogits).toEqual(logits);
  });

  test("tells large logits apart", () => {
    const { logits } = predictedRows({ plan: plain, loss: sigmoids }, Float32Array.of(40, 41, -300, 0, 0));
    expect(logits[1]).toBeGreaterThan(logits[0] as number);
    expect(logits[2]).toBe(-300);
  });

  test("scales by LDAM's factor and adds the post-hoc offset", () => {
    const ldam = planOf({ kind: "ldam", scale: 4 });
    const scaled = predictedRows({ plan: ldam, loss: crossEntropy }, Float32Array.of(1, 2, 3, 4, 5));
    expect(Array.from(scaled.logits)).toEqual([4, 8, 12, 16, 20]);
    const plan = { ...plain, postHocOffset: [10, 0, 0, 0, 0] };
    expect(predictedRows({ plan, loss: crossEntropy }, Float32Array.of(1, 2, 3, 4, 5)).logits[0]).toBe(11);
  });
});

test("meanRowNorm is the mean of the rows' Euclidean norms", () => {
  expect(meanRowNorm(Float32Array.of(3, 4, 0, 1), 2)).toBe(3);
});
