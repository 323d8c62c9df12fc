import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildTargetPlan } from "../plans/buildTargetPlan.ts";
import { targetRow } from "../plans/targetRow.ts";
import { crossEntropy } from "./crossEntropy.ts";
import { softCrossEntropy } from "./softCrossEntropy.ts";

const logit = fc.double({ min: -30, max: 30, noNaN: true });
const row = fc.array(logit, { minLength: 2, maxLength: 8 });

describe("softCrossEntropy", () => {
  test("CE(smoothed) = CE(hard) + e (z_y - mean z)", () => {
    fc.assert(
      fc.property(row, fc.double({ min: 0, max: 1, noNaN: true }), (logits, epsilon) => {
        const smoothing = { convention: "uniform", epsilon } as const;
        const plan = buildTargetPlan({ smoothing, strategy: { kind: "none" } }, { classCount: logits.length });
        const hard = crossEntropy([logits], [0]).loss as number;
        const mean = logits.reduce((a, b) => a + b) / logits.length;
        const smoothed = softCrossEntropy(logits, targetRow(plan, 0)).loss;
        expect(Math.abs(smoothed - hard - epsilon * (logits[0]! - mean))).toBeLessThan(
          1e-12 * Math.max(1, smoothed) * 20,
        );
      }),
    );
  });

  test("the gradient is S p - c, also where rows do not sum to 1", () => {
    const { gradient } = softCrossEntropy([0, 0], [1.5, 0.5]);
    expect(Array.from(gradient)).toEqual([-0.5, 0.5]);
  });

  test("finite logits of any size give a finite loss", () => {
    const huge = fc.array(fc.double({ min: -1e308, max: 1e308, noNaN: true }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(huge, (logits) => {
        const hardest = logits.indexOf(Math.max(...logits));
        const { loss, gradient } = softCrossEntropy(
          logits,
          logits.map((_, index) => (index === hardest ? 1 : 0)),
        );
        expect(Number.isFinite(loss)).toBe(true);
        expect(gradient.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

describe("crossEntropy", () => {
  test("index and one-hot probability targets agree without class weights, and differ with them as in PyTorch", () => {
    const logits = [
      [2, 0, -1],
      [0, 1, 0],
    ];
    const hot = [
      [1, 0, 0],
      [0, 0, 1],
    ];
    const plain = crossEntropy(logits, [0, 2], { labelSmoothing: 0.1 }).loss as number;
    expect(crossEntropy(logits, hot, { labelSmoothing: 0.1 }).loss).toBeCloseTo(plain, 14);
    const classWeights = [1, 2, 5];
    const index = crossEntropy(logits, [0, 2], { labelSmoothing: 0.1, classWeights }).loss as number;
    const probability = crossEntropy(logits, hot, { labelSmoothing: 0.1, classWeights }).loss as number;
    expect(probability).toBeCloseTo((index * 6) / 2, 13);
  });

  test("the class axis is 1 with extra dimensions, and 0 for one row", () => {
    const image = [
      [
        [1, 2],
        [0, 5],
        [3, -1],
      ],
    ];
    const { loss, gradient } = crossEntropy(image, [[2, 0]], { reduction: "none" });
    const first = crossEntropy([1, 0, 3], 2).loss as number;
    const second = crossEntropy([2, 5, -1], 0).loss as number;
    expect(loss).toEqual([[first, second]]);
    expect(gradient).toHaveLength(1);
    expect((gradient as number[][][])[0]).toHaveLength(3);
  });

  test("ignored targets have no loss, no gradient and no part in the mean", () => {
    const logits = [
      [2, 0],
      [0, 9],
    ];
    const options = { labelSmoothing: 0.1, ignoreIndex: 1 };
    const { loss, gradient } = crossEntropy(logits, [0, 1], options);
    expect(loss).toBe(crossEntropy([[2, 0]], [0], { labelSmoothing: 0.1 }).loss);
    expect((gradient as number[][])[1]).toEqual([0, 0]);
    expect(crossEntropy(logits, [1, 1], { ...options, reduction: "sum" }).loss).toBe(0);
  });

  test.each([
    ["negative smoothing", () => crossEntropy([[1, 2]], [0], { labelSmoothing: -0.1 }), "epsilon_out_of_range"],
    ["smoothing above 1", () => crossEntropy([[1, 2]], [0], { labelSmoothing: 1.1 }), "epsilon_out_of_range"],
    ["an ignored class with probabilities", () => crossEntropy([[1, 2]], [[0, 1]], { ignoreIndex: 0 }), "pytorch_trap"],
    ["a mean over ignored targets", () => crossEntropy([[1, 2]], [-100]), "no_target_left"],
    ["a mean over weights of 0", () => crossEntropy([[1, 2]], [0], { classWeights: [0, 1] }), "no_target_left"],
    ["a label outside the classes", () => crossEntropy([[1, 2]], [2]), "class_out_of_range"],
    ["a negative label", () => crossEntropy([[1, 2]], [-1]), "class_out_of_range"],
    ["NaN", () => crossEntropy([[1, Number.NaN]], [0]), "not_finite"],
    ["an infinity", () => crossEntropy([[1, Number.NEGATIVE_INFINITY]], [0]), "not_finite"],
    ["an empty batch", () => crossEntropy([], []), "empty_input"],
    ["ragged logits", () => crossEntropy([[1, 2], [1]], [0, 0]), "wrong_length"],
    ["labels that do not fit", () => crossEntropy([[1, 2]], [0, 1]), "wrong_length"],
    ["weights that do not fit", () => crossEntropy([[1, 2]], [0], { classWeights: [1] }), "wrong_length"],
    ["one class", () => crossEntropy([[1]], [0]), "class_count_too_small"],
    [
      "a reduction without a name",
      () => crossEntropy([[1, 2]], [0], { reduction: "average" as never }),
      "invalid_argument",
    ],
    [
      "infinity / infinity",
      () => crossEntropy(new Array(3).fill([0, 0]), [0, 0, 0], { classWeights: [1e308, 1e308] }),
      "not_finite",
    ],
  ])("%s is refused with a code", (_, call, code) => {
    expect(call).toThrow(expect.objectContaining({ name: "ArgumentError", code }));
  });

  test("class weights with smoothing, double smoothing and rows that do not sum to 1 are reported", () => {
    const codes = (result: { warnings: readonly { code: string }[] }) => result.warnings.map((warning) => warning.code);
    const ten = [Array.from({ length: 10 }, () => 0)];
    const mild = { labelSmoothing: 0.1, classWeights: [1, 90, ...new Array<number>(8).fill(1)] };
    expect(codes(crossEntropy(ten, [0], mild))).toEqual(["class_term_weights_change_optimum"]);
    const strong = { ...mild, classWeights: [1, 92, ...new Array<number>(8).fill(1)] };
    expect(codes(crossEntropy(ten, [0], strong))).toContain("class_term_weights_flip_argmax");
    expect(codes(crossEntropy([[0, 0]], [[0.9, 0.1]], { labelSmoothing: 0.1 }))).toEqual(["double_smoothing"]);
    expect(codes(crossEntropy([[0, 0]], [[0.9, 0.3]]))).toEqual(["rows_do_not_sum_to_one"]);
    expect(codes(crossEntropy([[0, 0]], [0], { labelSmoothing: 0.1 }))).toEqual([]);
    const weighted = { classWeights: [1, 2] };
    expect(codes(crossEntropy([[0, 0]], [[0, 1]], weighted))).toEqual(["weighted_mean_differs_from_indices"]);
    expect(codes(crossEntropy([[0, 0]], [[0, 1]], { ...weighted, reduction: "sum" }))).toEqual([]);
    expect(codes(crossEntropy([[0, 0]], [1], weighted))).toEqual([]);
  });
});
