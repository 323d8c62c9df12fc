import { describe, expect, test } from "vitest";
import type { SmoothingSpec } from "../conventions/smoothingSpec.ts";
import { buildTargetPlan } from "../plans/buildTargetPlan.ts";
import { targetRow } from "../plans/targetRow.ts";
import type { StrategySpec } from "../strategies/strategySpec.ts";
import { equivalenceKey } from "./equivalenceKey.ts";

describe("equivalenceKey of examples", () => {
  test("a matrix that repeats one vector has the key of that vector", () => {
    const mixing = [0.5, 0.3, 0.2];
    const context = { classCount: 3 };
    const spec = { convention: "uniform", epsilon: 0.1 } as const;
    const vector = buildTargetPlan({ smoothing: spec, strategy: { kind: "custom", mixing } }, context);
    const matrix = buildTargetPlan(
      { smoothing: spec, strategy: { kind: "custom", mixing: [mixing, mixing, mixing] } },
      context,
    );
    expect(equivalenceKey(matrix)).toBe(equivalenceKey(vector));
  });

  test("at K = 2 a prior is the per-class uniform smoothing with the same targets", () => {
    const smoothing = { convention: "uniform", epsilon: 0.1 } as const;
    const prior = buildTargetPlan(
      { smoothing, strategy: { kind: "class-prior" } },
      { classCount: 2, classCounts: [90, 10] },
    );
    const perClass = buildTargetPlan(
      { smoothing, strategy: { kind: "per-class", epsilons: [0.02, 0.18] } },
      { classCount: 2 },
    );
    expect(equivalenceKey(perClass)).toBe(equivalenceKey(prior));
  });

  test("weights, sampling, offsets, margins, schedules and classes tell plans apart", () => {
    const context = { classCount: 3, classCounts: [500, 50, 5] };
    const base = { convention: "uniform", epsilon: 0.1 } as const;
    const plans = [
      buildTargetPlan({ smoothing: base, strategy: { kind: "none" } }, context),
      buildTargetPlan({ smoothing: base, strategy: { kind: "none" } }, { classCount: 4 }),
      buildTargetPlan(
        { smoothing: { ...base, schedule: { kind: "warm-up", epochs: 3 } }, strategy: { kind: "none" } },
        context,
      ),
      ...(
        [
          { kind: "weighted", weights: "inverse-frequency" },
          { kind: "weighted", weights: "inverse-frequency", form: "class-term" },
          { kind: "weighted", weights: "effective-number" },
          { kind: "resampled", sampling: "balanced" },
          { kind: "resampled", sampling: "square-root" },
          { kind: "resampled", sampling: "progressive" },
          { kind: "logit-adjusted", tau: 1 },
          { kind: "logit-adjusted", tau: 0.5 },
          { kind: "logit-adjusted", tau: 1, when: "post-hoc" },
          { kind: "ldam" },
          { kind: "ldam-drw", startEpoch: 3 },
          { kind: "online" },
          { kind: "zipf" },
          { kind: "teacher-run", run: "trl_1" },
        ] as const
      ).map((strategy) => buildTargetPlan({ smoothing: base, strategy }, context)),
    ];
    expect(new Set(plans.map(equivalenceKey)).size).toBe(plans.length);
  });

  test("what cannot matter does not: balanced weights, the name balanced softmax, a schedule of nothing", () => {
    const base = { convention: "uniform", epsilon: 0.1 } as const;
    const key = (strategy: StrategySpec, smoothing: SmoothingSpec = base, classCounts = [500, 50, 5]) =>
      equivalenceKey(buildTargetPlan({ smoothing, strategy }, { classCount: 3, classCounts }));
    const weighted = { kind: "weighted", weights: "inverse-frequency" } as const;
    expect(key(weighted, base, [5, 5, 5])).toBe(key({ kind: "none" }));
    expect(key({ kind: "balanced-softmax" })).toBe(key({ kind: "logit-adjusted", tau: 1 }));
    expect(key({ kind: "none" }, { ...base, epsilon: 0, schedule: { kind: "warm-up", epochs: 3 } })).toBe(
      key({ kind: "class-prior" }, { ...base, epsilon: 0 }),
    );
  });

  test("a plan for 32,000 classes is built and keyed without a table of all pairs", () => {
    const classCounts = Array.from({ length: 32_000 }, (_, index) => 1 + ((index * 7919) % 5000));
    const started = performance.now();
    const plan = buildTargetPlan(
      { smoothing: { convention: "off-target", epsilon: 0.1 }, strategy: { kind: "class-prior" } },
      { classCount: 32_000, classCounts },
    );
    equivalenceKey(plan);
    expect(targetRow(plan, 31_999).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(JSON.stringify(plan).length).toBeLessThan(2_500_000);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
