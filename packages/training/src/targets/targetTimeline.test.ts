import {
  onlineMixing,
  planAtEpoch,
  type StaticMixing,
  smoothedRow,
  targetRow,
  teacherDistribution,
} from "@smoothsweep/smoothing";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../test/fixtures/closeTo.ts";
import { planOf, staticPlans } from "../../test/fixtures/plans.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { uniformValues } from "../randomness/uniformValues.ts";
import { createTargetTimeline, type TargetTimeline } from "./targetTimeline.ts";
import type { DenseTargets } from "./trialTargets.ts";

const loss = { kind: "cross-entropy" } as const;

function rowAt(timeline: TargetTimeline, epoch: number, example: { label: number; row: number }): Float32Array {
  return (timeline.at(epoch).targets as DenseTargets).rowOf(example).values;
}

function softmax(logits: Float32Array): number[] {
  return teacherDistribution(Array.from(logits));
}

describe("createTargetTimeline", () => {
  test("rows of a plan that does not change are made once", () => {
    const timeline = createTargetTimeline(planOf({ kind: "class-prior" }), { loss });
    expect(timeline.at(2)).toBe(timeline.at(1));
    expect(rowAt(timeline, 2, { label: 1, row: 9 })).toBe(rowAt(timeline, 1, { label: 1, row: 4 }));
  });

  test("schedules and deferred weights act from epoch to epoch, counted from 1", () => {
    for (const name of ["warm-up", "cosine decay", "switch-off"]) {
      const plan = staticPlans[name] as NonNullable<(typeof staticPlans)[string]>;
      const timeline = createTargetTimeline(plan, { loss });
      for (const epoch of [1, 2, 3]) {
        const expected = Float32Array.from(targetRow(planAtEpoch(plan, epoch - 1), 2));
        expect(rowAt(timeline, epoch, { label: 2, row: 0 })).toEqual(expected);
      }
    }
  });

  test("online targets are uniform first, then the mean correct prediction of each class in the epoch before", () => {
    const plan = planOf({ kind: "online" });
    const timeline = createTargetTimeline(plan, { loss });
    const labels = Int32Array.from({ length: 40 }, (_, row) => row % 4);
    const logits = uniformValues(randomStream(1, "online"), 40 * 5, 2);
    const expected = onlineMixing(5);
    labels.forEach((label, row) => {
      expected.add(label, softmax(logits.subarray(row * 5, row * 5 + 5)));
    });
    const { rows } = expected.mixing() as Extract<StaticMixing, { kind: "matrix" }>;
    expectClose(rowAt(timeline, 1, { label: 0, row: 0 }), [0.92, 0.02, 0.02, 0.02, 0.02], 1e-7);
    timeline.observe?.(labels.subarray(0, 25), logits.subarray(0, 125));
    timeline.observe?.(labels.subarray(25), logits.subarray(125));
    const second = timeline.at(2).targets as DenseTargets;
    for (const label of [0, 1, 2, 3, 4]) {
      const row = smoothedRow(rows[label] as readonly number[], { trueClass: label, epsilon: 0.1 });
      expectClose(second.rowOf({ label, row: 0 }).values, row, 1e-7);
    }
    expectClose(rowAt(timeline, 3, { label: 0, row: 0 }), [0.92, 0.02, 0.02, 0.02, 0.02], 1e-7);
  });

  test("a teacher's targets belong to the example, softened by the temperature", () => {
    const plan = planOf({ kind: "teacher-run", run: "trl_1", temperature: 2 }, { convention: "uniform", epsilon: 0.6 });
    const teacherLogits = Float32Array.of(1, 2, 3, 4, 5, 3, 0, 0, 0, -3);
    const timeline = createTargetTimeline(plan, { loss, teacherLogits });
    for (const row of [0, 1]) {
      const mixing = teacherDistribution(Array.from(teacherLogits.subarray(row * 5, row * 5 + 5)), 2);
      const expected = smoothedRow(mixing, { trueClass: 3, epsilon: 0.6 });
      expectClose(rowAt(timeline, 1, { label: 3, row }), expected, 1e-7);
    }
  });

  test("the entropy floor of factored rows is that of the rows written out", () => {
    const context = { classCount: 600, classCounts: Array.from({ length: 600 }, (_, index) => 1 + (index % 50)) };
    for (const kind of ["none", "class-prior", "inverse-prior"] as const) {
      const plan = planOf({ kind }, undefined, context);
      const { targets } = createTargetTimeline(plan, { loss }).at(1);
      expect(targets.form).toBe("factored");
      for (const label of [0, 49, 599]) {
        const floor = targetRow(plan, label).reduce((sum, mass) => (mass > 0 ? sum - mass * Math.log(mass) : sum), 0);
        expect(targets.entropyOf({ label, row: 0 })).toBeCloseTo(floor, 10);
      }
    }
  });
});
