import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SmoothingSpec } from "../conventions/smoothingSpec.ts";
import { buildTargetPlan } from "../plans/buildTargetPlan.ts";
import type { PlanContext } from "../plans/planContext.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";
import { targetRow } from "../plans/targetRow.ts";
import type { StrategySpec } from "../strategies/strategySpec.ts";
import { equivalenceKey } from "./equivalenceKey.ts";
import { plansEqual } from "./plansEqual.ts";

/** Decimals as people write them, and a few fractions that no decimal meets. */
const epsilon = fc.oneof(
  fc.integer({ min: 0, max: 400 }).map((thousandths) => thousandths / 1000),
  fc.constantFrom(0, 1 / 9, 2 / 3 / 10, 0.1 / 1.1, 0.09, 0.1, 0.095, 0.1111111111111111, 0.05, 0.2),
);

function smoothing(classCount: number): fc.Arbitrary<SmoothingSpec> {
  const convention = fc.constantFrom(
    "uniform" as const,
    "off-target" as const,
    "additive-normalised" as const,
    "literal-unnormalised" as const,
    ...(classCount > 2 ? (["off-target-exclude-pad"] as const) : []),
  );
  return fc.record({ convention, epsilon, allowUnnormalised: fc.constant(true) });
}

const strategy: fc.Arbitrary<StrategySpec> = fc.oneof(
  fc.constantFrom<StrategySpec>(
    { kind: "none" },
    { kind: "uniform" },
    { kind: "class-prior" },
    { kind: "inverse-prior" },
    { kind: "tempered-prior", tau: 1 },
    { kind: "tempered-prior", tau: 0 },
    { kind: "tempered-prior", tau: -1 },
    { kind: "label-aware", headEpsilon: 0.2, tailEpsilon: 0.2, shape: "linear" },
    { kind: "label-aware", headEpsilon: 0.3, tailEpsilon: 0, shape: "concave" },
    { kind: "label-aware", headEpsilon: 0.3, tailEpsilon: 0, shape: "convex" },
    { kind: "hierarchical", beta: 2 },
    { kind: "level-mixture", levelWeights: [1], includeSelf: true },
    { kind: "level-mixture", levelWeights: [1], includeSelf: false },
  ),
);

const counts = fc.constantFrom([7, 7], [90, 10], [5, 5, 5], [500, 50, 5], [50, 5, 5], [8, 4, 2, 1], [9, 9, 9, 9, 9, 9]);

const case_ = counts.chain((classCounts) =>
  fc.record({
    context: fc.constant<PlanContext>({
      classCount: classCounts.length,
      classCounts,
      taxonomy: { name: "root", children: classCounts.map((_, index) => `class ${index}`) },
    }),
    first: fc.record({ smoothing: smoothing(classCounts.length), strategy }),
    second: fc.record({ smoothing: smoothing(classCounts.length), strategy }),
  }),
);

/** Equality by the definition: every target of every class. */
function largestDifference(a: TargetPlan, b: TargetPlan): number {
  let largest = 0;
  for (let y = 0; y < a.classCount; y++) {
    const other = targetRow(b, y);
    for (const [k, mass] of targetRow(a, y).entries()) largest = Math.max(largest, Math.abs(mass - other[k]!));
  }
  return largest;
}

interface TableSpec {
  readonly epsilon: number[];
  readonly vector: number[];
  readonly matrix: number[][] | null;
  readonly asMatrix: boolean;
}

describe("equivalenceKey", () => {
  test("keys are equal exactly when all targets are equal", () => {
    let equal = 0;
    fc.assert(
      fc.property(case_, ({ context, first, second }) => {
        const a = buildTargetPlan(first, context);
        const b = buildTargetPlan(second, context);
        const same = largestDifference(a, b) <= 1e-12;
        if (same) equal++;
        expect(plansEqual(a, b)).toBe(same);
        expect(equivalenceKey(a) === equivalenceKey(b)).toBe(same);
      }),
      { numRuns: 1500, seed: 20260 },
    );
    expect(equal).toBeGreaterThan(30);
  });

  test("every way to write a strength has the key of its canonical epsilon, for K from 2 to 32,000", () => {
    const classCount = fc.oneof(fc.integer({ min: 2, max: 40 }), fc.constantFrom(100, 1000, 8192, 32_000));
    fc.assert(
      fc.property(classCount, fc.integer({ min: 0, max: 499 }), (K, thousandths) => {
        const canonical = thousandths / 1000;
        const context = { classCount: K };
        const key = (spec: SmoothingSpec) =>
          equivalenceKey(buildTargetPlan({ smoothing: spec, strategy: { kind: "none" } }, context));
        const uniform = key({ convention: "uniform", epsilon: canonical });
        expect(key({ convention: "off-target", epsilon: (canonical * (K - 1)) / K })).toBe(uniform);
        expect(key({ convention: "off-target", epsilon: canonical - canonical / K })).toBe(uniform);
        expect(key({ convention: "additive-normalised", epsilon: canonical / (1 - canonical) })).toBe(uniform);
        expect(key({ convention: "uniform", epsilon: canonical + 1e-6 })).not.toBe(uniform);
      }),
      { numRuns: 300, seed: 20261 },
    );
  });

  test("rounding noise does not change the key", () => {
    const noise = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 6, maxLength: 6 });
    const shares = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(shares, noise, epsilon, (numbers, ulps, e) => {
        const total = numbers.reduce((a, b) => a + b);
        const exact = numbers.map((n) => n / total);
        const noisy = exact.map((share, index) => share * (1 + ulps[index]! * Number.EPSILON));
        const plan = (mixing: readonly number[]) =>
          buildTargetPlan(
            { smoothing: { convention: "uniform", epsilon: e }, strategy: { kind: "custom", mixing } },
            { classCount: 6 },
          );
        expect(plansEqual(plan(noisy), plan(exact))).toBe(true);
        expect(equivalenceKey(plan(noisy))).toBe(equivalenceKey(plan(exact)));
      }),
      { numRuns: 1000, seed: 20262 },
    );
  });

  test("no two tables of targets share a key, whatever zeros, priors and per-class strengths they are made of", () => {
    const strength = fc.constantFrom(0, 0.1, 0.2, 0.5, 1);
    const shares = (K: number) =>
      fc
        .array(fc.integer({ min: 0, max: 3 }), { minLength: K, maxLength: K })
        .filter((parts) => parts.some((part) => part > 0))
        .map((parts) => parts.map((part) => part / parts.reduce((a, b) => a + b)));
    const table = (K: number) =>
      fc.record({
        epsilon: fc.array(strength, { minLength: K, maxLength: K }),
        vector: shares(K),
        matrix: fc.option(fc.array(shares(K), { minLength: K, maxLength: K })),
        asMatrix: fc.boolean(),
      });
    const pairs = fc.integer({ min: 2, max: 4 }).chain((K) => fc.tuple(fc.constant(K), table(K), table(K)));
    const planOf = (K: number, { epsilon: e, vector, matrix, asMatrix }: TableSpec): TargetPlan => {
      const smoothing = { convention: "uniform", epsilon: 0.1 } as const;
      const plain = buildTargetPlan({ smoothing, strategy: { kind: "none" } }, { classCount: K });
      const rows = matrix ?? new Array<number[]>(K).fill(vector);
      const mixing =
        matrix !== null || asMatrix
          ? ({ kind: "matrix", rows } as const)
          : ({ kind: "vector", values: vector } as const);
      return { ...plain, epsilon: e, mixing };
    };
    let equal = 0;
    fc.assert(
      fc.property(pairs, ([K, first, second]) => {
        const [a, b] = [planOf(K, first), planOf(K, second)];
        const same = largestDifference(a, b) <= 1e-12;
        if (same) equal++;
        expect(equivalenceKey(a) === equivalenceKey(b)).toBe(same);
        expect(plansEqual(a, b)).toBe(same);
        const inMatrix = planOf(K, { ...first, asMatrix: !first.asMatrix });
        expect(equivalenceKey(inMatrix)).toBe(equivalenceKey(a));
      }),
      { numRuns: 4000 },
    );
    expect(equal).toBeGreaterThan(5);
  });
});
