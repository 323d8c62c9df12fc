import { binaryTargets, type TargetPlan } from "@smoothsweep/smoothing";
import { describe, expect, test } from "vitest";
import { planOf } from "../../test/fixtures/plans.ts";
import type { LossSettings } from "../settings/lossSettings.ts";
import { createTargetTimeline } from "./targetTimeline.ts";
import type { TrialTargets } from "./trialTargets.ts";

const EPSILON = 0.2;

function lossOf(convention: "half" | "flip" | "softmax"): LossSettings {
  return { kind: "binary-cross-entropy", convention };
}

function planFor(classCount: number, epsilon = EPSILON): TargetPlan {
  return planOf({ kind: "none" }, { convention: "uniform", epsilon }, { classCount });
}

/** Target of the true class and of another one. */
function ends(targets: TrialTargets, label: number, other: number): number[] {
  if (targets.form === "dense") {
    const { values } = targets.rowOf({ label, row: 0 });
    return [values[label] as number, values[other] as number];
  }
  return [targets.own[label] as number, (targets.shared[label] as number) * (targets.mixing[other] as number)];
}

/** 600 classes are kept as factors only. */
describe.each([5, 600])("targets of %i sigmoids", (classCount) => {
  test.each(["half", "flip", "softmax"] as const)(
    "are those of the convention, with their entropy: %s",
    (convention) => {
      const expected = binaryTargets({ convention, epsilon: EPSILON }, classCount);
      const { targets } = createTargetTimeline(planFor(classCount), { loss: lossOf(convention) }).at(1);
      const [positive, negative] = ends(targets, 3, 1);
      expect(positive).toBeCloseTo(expected.positive, 6);
      expect(negative).toBeCloseTo(expected.negative, 6);
      const entropy = expected.entropyFloorPositive + (classCount - 1) * expected.entropyFloorNegative;
      expect(targets.entropyOf({ label: 3, row: 0 }) / entropy).toBeCloseTo(1, 9);
    },
  );

  test("flip is half of twice the strength", () => {
    const rowOf = (loss: LossSettings, epsilon: number) =>
      ends(createTargetTimeline(planFor(classCount, epsilon), { loss }).at(1).targets, 0, 4);
    expect(rowOf(lossOf("flip"), 0.1)).toEqual(rowOf(lossOf("half"), 0.2));
  });

  test("hard labels have no entropy", () => {
    for (const convention of ["half", "flip", "softmax"] as const) {
      const { targets } = createTargetTimeline(planFor(classCount, 0), { loss: lossOf(convention) }).at(1);
      expect(ends(targets, 2, 0)).toEqual([1, 0]);
      expect(targets.entropyOf({ label: 2, row: 0 })).toBeCloseTo(0, 12);
    }
  });

  test("a weight that is not in the target row is a factor on its entropy", () => {
    const plan = planFor(classCount);
    for (const loss of [lossOf("half"), { kind: "focal", gamma: 2 }] as const) {
      const entropyOf = (own: TargetPlan) =>
        createTargetTimeline(own, { loss }).at(1).targets.entropyOf({ label: 1, row: 0 });
      expect(entropyOf({ ...plan, sampleWeight: 3 }) / entropyOf(plan)).toBeCloseTo(3, 9);
    }
  });
});
