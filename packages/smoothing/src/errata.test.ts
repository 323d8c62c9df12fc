import { describe, expect, test } from "vitest";
import { closedForms } from "./closedForms/closedForms.ts";
import { smoothLabels } from "./composition/smoothLabels.ts";
import { canonicalEpsilon } from "./conventions/canonicalEpsilon.ts";
import { meanSquaredError } from "./losses/meanSquaredError.ts";
import { binaryTargets } from "./multilabel/binaryTargets.ts";
import { buildTargetPlan } from "./plans/buildTargetPlan.ts";
import { targetRow } from "./plans/targetRow.ts";

const uniformOf = (convention: "off-target" | "literal-unnormalised", epsilon: number, K: number) =>
  canonicalEpsilon({ convention, epsilon, allowUnnormalised: true }, K);

/** The numbers of the README's errata. */
describe("errata of published sources", () => {
  test("000: prose targets sum to 0.99 and are uniform 0.10101", () => {
    const forms = closedForms({ convention: "literal-unnormalised", epsilon: 0.1, allowUnnormalised: true }, 10);
    expect(forms.rowSum).toBeCloseTo(0.99, 14);
    expect(forms.canonicalEpsilon).toBeCloseTo(0.10101, 5);
  });

  test("001: the manual implementation is uniform 0.1111 at K = 10 and 0.125 at K = 5, and flip 0.05 is half 0.1", () => {
    expect(uniformOf("off-target", 0.1, 10)).toBeCloseTo(0.1111, 4);
    expect(uniformOf("off-target", 0.1, 5)).toBeCloseTo(0.125, 14);
    expect(binaryTargets({ convention: "flip", epsilon: 0.05 }, 4).canonicalEpsilon).toBe(0.1);
  });

  test("002: (0.8, 0.1, 0.1) is uniform 0.3, and 0.9/0.1 is uniform 0.2", () => {
    expect(uniformOf("off-target", 0.2, 3)).toBeCloseTo(0.3, 14);
    expect(uniformOf("off-target", 0.1, 2)).toBeCloseTo(0.2, 14);
  });

  test("002: softmax with squared error does not move where the output is one-hot, whatever the target", () => {
    const { gradient } = meanSquaredError([[1000, 0, 0]], [[0.1, 0.8, 0.1]], { output: "softmax" });
    expect(Array.from(gradient[0]!).map(Math.abs)).toEqual([0, 0, 0]);
  });

  test("002: smoothing caps the logit gap at 4.51 at K = 10", () => {
    expect(closedForms({ convention: "uniform", epsilon: 0.1 }, 10).stationaryLogitGap).toBeCloseTo(4.51, 2);
  });

  test("003: the prose is uniform 0.15, the formula's row 0.9333", () => {
    expect(uniformOf("off-target", 0.1, 3)).toBeCloseTo(0.15, 14);
    const smoothing = { convention: "uniform", epsilon: 0.1 } as const;
    const plan = buildTargetPlan({ smoothing, strategy: { kind: "none" } }, { classCount: 3 });
    expect(Array.from(targetRow(plan, 0), (mass) => Number(mass.toFixed(4)))).toEqual([0.9333, 0.0333, 0.0333]);
  });

  test("004: smoothing 0.9 leaves the true class 0.19 at K = 10", () => {
    expect(smoothLabels([0], { smoothing: 0.9, classCount: 10 })[0]![0]).toBeCloseTo(0.19, 14);
  });

  test("MiSLAS: head strength 0.3 off-target is uniform 0.3333 at K = 10", () => {
    expect(uniformOf("off-target", 0.3, 10)).toBeCloseTo(0.3333, 4);
  });

  test.each([
    [2, 0.2],
    [3, 0.15],
    [10, 0.1111],
    [100, 0.101],
    [1000, 0.1001],
  ])("off-target 0.1 at K = %d is uniform %d", (K, uniform) => {
    expect(uniformOf("off-target", 0.1, K)).toBeCloseTo(uniform, 4);
  });
});
