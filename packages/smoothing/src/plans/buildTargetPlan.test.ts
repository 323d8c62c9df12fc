import { describe, expect, test } from "vitest";
import { composePlans } from "../composition/composePlans.ts";
import { equivalenceKey } from "../equivalence/equivalenceKey.ts";
import { plansEqual } from "../equivalence/plansEqual.ts";
import { lintPlan } from "../lint/lintPlan.ts";
import { buildTargetPlan } from "./buildTargetPlan.ts";
import { explainPlan } from "./explainPlan.ts";
import { targetRow } from "./targetRow.ts";

const none = { kind: "none" } as const;
const prior = { kind: "class-prior" } as const;

describe("buildTargetPlan", () => {
  test("distils with a strength of its own, whatever smoothing and convention", () => {
    const strategy = { kind: "distillation", from: "trl_1", temperature: 4, weight: 0.7 } as const;
    const smoothing = { convention: "off-target", epsilon: 0.2 } as const;
    const plan = buildTargetPlan({ smoothing, strategy }, { classCount: 10 });
    expect(plan).toMatchObject({
      epsilon: 0.7,
      mixing: { kind: "teacher", run: "trl_1", temperature: 4 },
      rowSum: 1,
    });
    const run = { kind: "teacher-run", run: "trl_1", temperature: 4 } as const;
    const same = buildTargetPlan(
      { smoothing: { convention: "uniform", epsilon: 0.7 }, strategy: run },
      { classCount: 10 },
    );
    expect(equivalenceKey(plan)).toBe(equivalenceKey(same));
    const bad = { ...strategy, weight: 1.1 };
    expect(() => buildTargetPlan({ smoothing, strategy: bad }, { classCount: 10 })).toThrow(/weight/);
  });

  test("uniform smoothing gives 1-e+e/K and e/K", () => {
    const plan = buildTargetPlan(
      { smoothing: { convention: "uniform", epsilon: 0.1 }, strategy: none },
      { classCount: 4 },
    );
    expect(Array.from(targetRow(plan, 2))).toEqual([0.025, 0.025, 0.925, 0.025]);
  });

  test("off-target 0.09 at K = 10 is uniform 0.1, in numbers, key and words", () => {
    const offTarget = buildTargetPlan(
      { smoothing: { convention: "off-target", epsilon: 0.09 }, strategy: none },
      { classCount: 10 },
    );
    const uniform = buildTargetPlan(
      { smoothing: { convention: "uniform", epsilon: 0.1 }, strategy: none },
      { classCount: 10 },
    );
    expect(offTarget.epsilon).toBeCloseTo(0.1, 15);
    expect(plansEqual(offTarget, uniform)).toBe(true);
    expect(equivalenceKey(offTarget)).toBe(equivalenceKey(uniform));
    expect(explainPlan(offTarget)).toBe("off-target 0.09 at K = 10 is uniform 0.1");
  });

  test("a strength that the strategy lowers is explained as it is used", () => {
    const spec = {
      smoothing: { convention: "off-target", epsilon: 0.18 },
      strategy: { kind: "smaller-epsilon", factor: 0.5 },
    } as const;
    const plan = buildTargetPlan(spec, { classCount: 10 });
    expect(explainPlan(plan)).toBe("off-target 0.18 at K = 10 is uniform 0.1; strategy smaller-epsilon");
  });

  test("smoothing twice is explained and linted by its rows, not by the last strength", () => {
    const plan = buildTargetPlan(
      { smoothing: { convention: "uniform", epsilon: 0.1 }, strategy: none },
      { classCount: 4 },
    );
    const twice = composePlans(plan, plan);
    expect(explainPlan(twice)).toBe("each class has a row of its own");
    expect(lintPlan(twice)).toEqual([]);
    expect(lintPlan(composePlans(twice, plan)).map((warning) => warning.code)).toEqual(["epsilon_often_excessive"]);
  });

  test("class-prior smoothing mixes in n_k / sum n", () => {
    const spec = { smoothing: { convention: "uniform", epsilon: 0.05 }, strategy: prior } as const;
    const plan = buildTargetPlan(spec, { classCount: 2, classCounts: [90, 10] });
    const row = targetRow(plan, 0);
    expect(row[0]).toBeCloseTo(0.995, 14);
    expect(row[1]).toBeCloseTo(0.005, 14);
  });

  test("off-target smoothing with a prior leaves 1-e on the true class", () => {
    const spec = { smoothing: { convention: "off-target", epsilon: 0.2 }, strategy: prior } as const;
    const plan = buildTargetPlan(spec, { classCount: 3, classCounts: [80, 15, 5] });
    const row = targetRow(plan, 0);
    expect(row[0]).toBeCloseTo(0.8, 14);
    expect(row[1]).toBeCloseTo(0.15, 14);
    expect(row[2]).toBeCloseTo(0.05, 14);
  });

  test("epsilon 0 is one plan whatever the normalised convention and the mixing", () => {
    const context = { classCount: 3, classCounts: [80, 15, 5] };
    const keys = (["uniform", "off-target", "additive-normalised"] as const).flatMap((convention) =>
      [none, prior].map((strategy) =>
        equivalenceKey(buildTargetPlan({ smoothing: { convention, epsilon: 0 }, strategy }, context)),
      ),
    );
    expect(new Set(keys).size).toBe(1);
  });

  test("a plan survives JSON", () => {
    const spec = { smoothing: { convention: "off-target", epsilon: 0.2 }, strategy: prior } as const;
    const plan = buildTargetPlan(spec, { classCount: 3, classCounts: [80, 15, 5] });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test.each([
    [{ convention: "uniform", epsilon: 1.2 }, "epsilon_out_of_range", "epsilon must be in [0, 1], got 1.2"],
    [{ convention: "uniform", epsilon: Number.NaN }, "epsilon_out_of_range", "epsilon must be in [0, 1], got NaN"],
    [{ convention: "off-target", epsilon: 0.8 }, "off_target_epsilon_too_large", /must be at most 2\/3/],
    [{ convention: "conv-e", epsilon: 0.1 }, "unnormalised_not_allowed", /allowUnnormalised/],
  ] as const)("%o is refused with code %s", (smoothing, code, message) => {
    const build = () => buildTargetPlan({ smoothing, strategy: none }, { classCount: 3 });
    expect(build).toThrow(expect.objectContaining({ name: "ArgumentError", code }));
    expect(build).toThrow(message);
  });
});
