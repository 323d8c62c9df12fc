import { describe, expect, test } from "vitest";
import type { SmoothingSpec } from "../conventions/smoothingSpec.ts";
import { buildTargetPlan } from "../plans/buildTargetPlan.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";
import type { StrategySpec } from "../strategies/strategySpec.ts";
import { equivalenceKey } from "./equivalenceKey.ts";
import { plansEqual } from "./plansEqual.ts";

const uniform = { convention: "uniform", epsilon: 0.1 } as const;
const none = { kind: "none" } as const;

function plan(strategy: StrategySpec, smoothing: SmoothingSpec = uniform, classCounts = [5, 5, 5]): TargetPlan {
  return buildTargetPlan({ smoothing, strategy }, { classCount: classCounts.length, classCounts });
}

function expectSame(a: TargetPlan, b: TargetPlan, same: boolean): void {
  expect(plansEqual(a, b)).toBe(same);
  expect(equivalenceKey(a) === equivalenceKey(b)).toBe(same);
}

describe("what cannot matter is left out", () => {
  test("weights of balanced data, although K x 1/K is not always 1", () => {
    expect((1 / 49) * 49).not.toBe(1);
    for (const weights of ["inverse-frequency", "inverse-frequency-balanced", "effective-number"] as const) {
      for (const form of ["per-sample", "class-term"] as const) {
        const counts = new Array<number>(49).fill(7);
        expectSame(plan({ kind: "weighted", weights, form }, uniform, counts), plan(none, uniform, counts), true);
      }
    }
  });

  test.each<[string, StrategySpec, StrategySpec, boolean]>([
    [
      "progressive sampling",
      { kind: "resampled", sampling: "progressive" },
      { kind: "resampled", sampling: "balanced" },
      true,
    ],
    ["deferred weights of 1", { kind: "ldam-drw", startEpoch: 3 }, { kind: "ldam" }, true],
    ["margins of 0", { kind: "ldam", maxMargin: 0, scale: 1 }, none, true],
    ["logit adjustment of equal priors", { kind: "logit-adjusted" }, none, true],
    ["a scale alone", { kind: "ldam", maxMargin: 0, scale: 2 }, none, false],
    ["drawing by class", { kind: "resampled", sampling: "balanced" }, none, false],
  ])("%s on balanced data", (_, first, second, same) => {
    expectSame(plan(first), plan(second), same);
  });

  test.each<[string, SmoothingSpec["schedule"], SmoothingSpec["schedule"], boolean]>([
    [
      "defaults given or not",
      { kind: "decay", epochs: 9 },
      { kind: "decay", epochs: 9, shape: "linear", floor: 0 },
      true,
    ],
    ["fields in another order", { kind: "warm-up", epochs: 3 }, { epochs: 3, kind: "warm-up" }, true],
    ["a decay to 1", { kind: "decay", epochs: 9, floor: 1 }, { kind: "constant" }, true],
    ["another shape", { kind: "decay", epochs: 9 }, { kind: "decay", epochs: 9, shape: "cosine" }, false],
    ["another length", { kind: "warm-up", epochs: 3 }, { kind: "warm-up", epochs: 4 }, false],
    ["warm-up and decay", { kind: "warm-up", epochs: 3 }, { kind: "decay", epochs: 3 }, false],
  ])("schedules: %s", (_, first, second, same) => {
    const of = (schedule: SmoothingSpec["schedule"]) => plan(none, { ...uniform, schedule: schedule! });
    expectSame(of(first), of(second), same);
  });

  test("smoothing that is switched off before the first epoch", () => {
    const off = plan(none, { ...uniform, schedule: { kind: "switch-off", epoch: 0 } });
    expectSame(off, plan(none, { ...uniform, epsilon: 0 }), true);
    expectSame(off, plan(none), false);
  });

  test("the order of a stored plan's fields", () => {
    const stored = plan({ kind: "teacher-run", run: "trl_1", temperature: 2 });
    const mixing = { temperature: 2, run: "trl_1", kind: "teacher" } as const;
    expectSame({ ...stored, mixing }, stored, true);
    expectSame({ ...stored, mixing: { ...mixing, run: "trl_2" } }, stored, false);
  });
});
