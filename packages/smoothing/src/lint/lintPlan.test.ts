import { describe, expect, test } from "vitest";
import { composePlans } from "../composition/composePlans.ts";
import type { SmoothingSpec } from "../conventions/smoothingSpec.ts";
import { crossEntropy } from "../losses/crossEntropy.ts";
import { buildTargetPlan } from "../plans/buildTargetPlan.ts";
import type { StrategySpec } from "../strategies/strategySpec.ts";
import { flipThreshold } from "./flipThreshold.ts";
import { type LintContext, lintPlan } from "./lintPlan.ts";

const uniform = { convention: "uniform", epsilon: 0.1 } as const;
const longTail = [5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50];

function codes(
  smoothing: SmoothingSpec,
  strategy: StrategySpec = { kind: "none" },
  context: LintContext = {},
): string[] {
  const taxonomy = { name: "root", children: longTail.map(String) };
  const plan = buildTargetPlan({ smoothing, strategy }, { classCount: 10, classCounts: longTail, taxonomy });
  return lintPlan(plan, context).map((warning) => warning.code);
}

describe("lintPlan", () => {
  test("plain smoothing of 0.1 raises nothing", () => {
    expect(codes(uniform)).toEqual([]);
  });

  test.each<[string, SmoothingSpec, StrategySpec, LintContext]>([
    ["unnormalised_targets", { convention: "conv-e", epsilon: 1, allowUnnormalised: true }, { kind: "none" }, {}],
    ["epsilon_often_excessive", { convention: "uniform", epsilon: 0.3 }, { kind: "none" }, {}],
    ["true_class_not_largest", { convention: "uniform", epsilon: 0.8 }, { kind: "class-prior" }, {}],
    ["epsilon_not_used", uniform, { kind: "hierarchical", beta: 4 }, {}],
    ["logit_adjustment_too_strong", uniform, { kind: "logit-adjusted", tau: 1 }, {}],
    ["logit_adjustment_too_strong", uniform, { kind: "balanced-softmax" }, {}],
    ["prior_smoothing_on_balanced_test", uniform, { kind: "class-prior" }, { testPrior: "balanced" }],
    ["double_smoothing", uniform, { kind: "none" }, { mixup: true }],
    ["double_smoothing", uniform, { kind: "none" }, { softLabels: true }],
    ["smoothed_teacher", uniform, { kind: "none" }, { teacherForDistillation: true }],
  ])("%s is raised for %o, %o, %o", (code, smoothing, strategy, context) => {
    expect(codes(smoothing, strategy, context)).toContain(code);
  });

  test("none of these is raised without cause", () => {
    const hard = { convention: "uniform", epsilon: 0 } as const;
    const all = { testPrior: "balanced", softLabels: true, mixup: true, teacherForDistillation: true } as const;
    expect(codes(hard, { kind: "class-prior" }, all)).toEqual([]);
    expect(codes(uniform, { kind: "logit-adjusted", tau: 0.5 })).toEqual([]);
    expect(codes({ convention: "uniform", epsilon: 0.05 }, { kind: "logit-adjusted", tau: 1 })).toEqual([]);
    expect(codes(uniform, { kind: "class-prior" }, { testPrior: "training" })).toEqual([]);
    expect(codes(uniform, { kind: "weighted", weights: "inverse-frequency" })).toEqual([]);
  });

  test("off-target at K = 2 is told to double", () => {
    const plan = buildTargetPlan(
      { smoothing: { convention: "off-target", epsilon: 0.1 }, strategy: { kind: "none" } },
      { classCount: 2 },
    );
    const [warning] = lintPlan(plan);
    expect(warning?.code).toBe("off_target_doubles_at_two_classes");
    expect(warning?.message).toContain("is uniform 0.2");
  });

  test("off-target at K = 3 of which one class is padding is told to double, whoever brings the strength", () => {
    const strategy = { kind: "per-class", epsilons: [0.1, 0.1, 0.1] } as const;
    const smoothing = { convention: "off-target-exclude-pad", epsilon: 0 } as const;
    const warnings = lintPlan(buildTargetPlan({ smoothing, strategy }, { classCount: 3 }));
    expect(warnings.map((warning) => warning.code)).toContain("off_target_doubles_at_two_classes");
  });

  test("rows that an earlier smoothing left un-normalised are flagged after a normalised one", () => {
    const literal = { convention: "literal-unnormalised", epsilon: 0.1, allowUnnormalised: true } as const;
    const plan = (smoothing: SmoothingSpec) =>
      buildTargetPlan({ smoothing, strategy: { kind: "none" } }, { classCount: 10 });
    const composed = composePlans(plan(literal), plan(uniform));
    expect(lintPlan(composed).map((warning) => warning.code)).toContain("unnormalised_targets");
    expect(lintPlan(composePlans(plan(uniform), plan(uniform))).map((warning) => warning.code)).not.toContain(
      "unnormalised_targets",
    );
  });

  test("class-term weights of CIFAR-10-LT (ratio 100) flip the argmax at e = 0.1, those of ratio 50 do not", () => {
    const strategy = { kind: "weighted", weights: "inverse-frequency", form: "class-term" } as const;
    expect(codes(uniform, strategy)).toEqual(["class_term_weights_change_optimum", "class_term_weights_flip_argmax"]);
    const milder = buildTargetPlan(
      { smoothing: uniform, strategy },
      { classCount: 10, classCounts: [...new Array<number>(9).fill(100), 2] },
    );
    expect(lintPlan(milder).map((warning) => warning.code)).toEqual(["class_term_weights_change_optimum"]);
  });
});

describe("flipThreshold", () => {
  test.each([
    [2, 0.1, 19],
    [10, 0.1, 91],
    [10, 0.2, 41],
    [100, 0.1, 901],
  ])("at K = %d and e = %d is %d", (K, epsilon, threshold) => {
    expect(flipThreshold(epsilon, K)).toBeCloseTo(threshold, 10);
  });

  test("at that ratio the stationary point of PyTorch's loss has a tie", () => {
    const weights = [1, flipThreshold(0.1, 3), 1];
    // The gradient S p - c vanishes at p = c / S; equal logits of both classes are stationary between them.
    const c = [0.9 + 0.1 / 3, (weights[1]! * 0.1) / 3, 0.1 / 3];
    const logits = c.map(Math.log);
    const { gradient } = crossEntropy([logits], [0], { labelSmoothing: 0.1, classWeights: weights });
    for (const slope of (gradient as number[][])[0]!) expect(slope).toBeCloseTo(0, 12);
    expect(logits[0]).toBeCloseTo(logits[1]!, 12);
  });
});
