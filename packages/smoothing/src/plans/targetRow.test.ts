import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composePlans } from "../composition/composePlans.ts";
import { conventionNames } from "../conventions/conventionName.ts";
import { plansEqual } from "../equivalence/plansEqual.ts";
import type { StrategySpec } from "../strategies/strategySpec.ts";
import { buildTargetPlan } from "./buildTargetPlan.ts";
import { explainPlan } from "./explainPlan.ts";
import { perClassValue } from "./perClassValue.ts";
import { planAtEpoch } from "./planAtEpoch.ts";
import { targetRow } from "./targetRow.ts";
import { targetTable } from "./targetTable.ts";

const strategies: StrategySpec[] = [
  { kind: "none" },
  { kind: "smaller-epsilon" },
  { kind: "smaller-epsilon", factor: 0.5 },
  { kind: "class-prior" },
  { kind: "inverse-prior" },
  { kind: "tempered-prior", tau: 0.5 },
  { kind: "label-aware", headEpsilon: 0.3, tailEpsilon: 0.05, shape: "exponential", power: 2 },
  { kind: "hierarchical", beta: 3 },
  { kind: "level-mixture", levelWeights: [0.7, 0.3], includeSelf: false },
  { kind: "weighted", weights: "effective-number", beta: 0.99 },
];
const plan = fc
  .record({
    convention: fc.constantFrom(...conventionNames),
    epsilon: fc.double({ min: 0, max: 0.4, noNaN: true }),
    strategy: fc.constantFrom(...strategies),
    classCounts: fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 4, maxLength: 9 }),
  })
  .map(({ convention, epsilon, strategy, classCounts }) => {
    const names = classCounts.map((_, index) => `c${index}`);
    const taxonomy = { name: "root", children: [{ name: "left", children: names.slice(0, 2) }, ...names.slice(2)] };
    return buildTargetPlan(
      { smoothing: { convention, epsilon, allowUnnormalised: true }, strategy },
      { classCount: classCounts.length, classCounts, taxonomy },
    );
  });

describe("targetRow", () => {
  test("every row sums to its row sum and holds no negative target", () => {
    fc.assert(
      fc.property(plan, (given) => {
        for (let y = 0; y < given.classCount; y++) {
          const row = targetRow(given, y);
          expect(Math.abs(row.reduce((a, b) => a + b) - perClassValue(given.rowSum, y))).toBeLessThan(1e-13);
          expect(row.every((mass) => mass >= 0)).toBe(true);
        }
      }),
    );
  });

  test("epsilon 0 is the hard label in every normalised convention", () => {
    for (const convention of ["uniform", "off-target", "off-target-exclude-pad", "additive-normalised"] as const) {
      for (const kind of ["none", "class-prior"] as const) {
        const context = { classCount: 3, classCounts: [5, 3, 1] };
        const given = buildTargetPlan({ smoothing: { convention, epsilon: 0 }, strategy: { kind } }, context);
        expect(Array.from(targetRow(given, 1))).toEqual([0, 1, 0]);
      }
    }
  });

  test("renumbering the classes renumbers the targets", () => {
    const counts = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 3, maxLength: 8 });
    const kinds = fc.constantFrom("none", "class-prior", "inverse-prior");
    fc.assert(
      fc.property(counts, kinds, fc.constantFrom("uniform", "off-target"), (classCounts, kind, convention) => {
        const classCount = classCounts.length;
        const build = (given: number[]) =>
          buildTargetPlan(
            { smoothing: { convention, epsilon: 0.2 }, strategy: { kind } },
            { classCount, classCounts: given },
          );
        const straight = build(classCounts);
        const turned = build(classCounts.toReversed());
        for (let y = 0; y < classCount; y++) {
          const expected = targetRow(straight, y);
          const row = targetRow(turned, classCount - 1 - y).reverse();
          row.forEach((mass, index) => {
            expect(mass).toBeCloseTo(expected[index]!, 14);
          });
        }
      }),
    );
  });

  test("the row of a padding class is empty, and others give padding nothing", () => {
    const smoothing = { convention: "off-target-exclude-pad", epsilon: 0.3, padClass: 2 } as const;
    const given = buildTargetPlan({ smoothing, strategy: { kind: "none" } }, { classCount: 5 });
    expect(Array.from(targetRow(given, 2))).toEqual([0, 0, 0, 0, 0]);
    const row = targetRow(given, 0);
    expect(row[2]).toBe(0);
    expect(row[0]).toBeCloseTo(0.7, 15);
    expect(row[4]).toBeCloseTo(0.1, 15);
  });

  test("off-target smoothing keeps 1-e where a prior leaves next to nothing for the others", () => {
    const given = buildTargetPlan(
      { smoothing: { convention: "off-target", epsilon: 0.1 }, strategy: { kind: "class-prior" } },
      { classCount: 3, classCounts: [9_000_000_000_000, 2, 1] },
    );
    const row = targetRow(given, 0);
    expect(row[0]).toBeCloseTo(0.9, 14);
    expect(row[1]).toBeCloseTo(0.2 / 3, 14);
  });

  test("smoothing towards others that get nothing is refused", () => {
    const build = (epsilon: number) =>
      buildTargetPlan(
        { smoothing: { convention: "off-target", epsilon }, strategy: { kind: "class-prior" } },
        { classCount: 2, classCounts: [9, 0] },
      );
    expect(() => build(0.1)).toThrow(expect.objectContaining({ code: "undefined_mixing" }));
    expect(Array.from(targetRow(build(0), 0))).toEqual([1, 0]);
  });

  test("a class outside [0, K) and a mixing of predictions have no row", () => {
    const smoothing = { convention: "uniform", epsilon: 0.1 } as const;
    const given = buildTargetPlan({ smoothing, strategy: { kind: "online" } }, { classCount: 3 });
    expect(() => targetRow(given, 3)).toThrow(expect.objectContaining({ code: "class_out_of_range" }));
    expect(() => targetRow(given, 0)).toThrow(expect.objectContaining({ code: "mixing_needs_predictions" }));
  });

  test("a table holds all rows, and is refused where it would be huge", () => {
    const smoothing = { convention: "uniform", epsilon: 0.1 } as const;
    const small = buildTargetPlan({ smoothing, strategy: { kind: "none" } }, { classCount: 4 });
    expect(Array.from(targetTable(small).subarray(4, 8))).toEqual(
      Array.from(Float32Array.of(0.025, 0.925, 0.025, 0.025)),
    );
    const large = buildTargetPlan({ smoothing, strategy: { kind: "none" } }, { classCount: 32_000 });
    expect(() => targetTable(large)).toThrow(expect.objectContaining({ code: "out_of_range" }));
  });
});

describe("composePlans", () => {
  test("smoothing twice is uniform 1 - (1-e1)(1-e2)", () => {
    const strength = fc.double({ min: 0, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(strength, strength, fc.integer({ min: 2, max: 8 }), (first, second, classCount) => {
        const build = (epsilon: number) =>
          buildTargetPlan(
            { smoothing: { convention: "uniform", epsilon }, strategy: { kind: "none" } },
            { classCount },
          );
        const both = build(1 - (1 - first) * (1 - second));
        expect(plansEqual(composePlans(build(first), build(second)), both)).toBe(true);
      }),
    );
  });
});

describe("planAtEpoch", () => {
  test("schedules scale epsilon and deferred weights start in their epoch", () => {
    const context = { classCount: 2, classCounts: [9, 1] };
    const build = (strategy: StrategySpec) =>
      buildTargetPlan(
        { smoothing: { convention: "uniform", epsilon: 0.2, schedule: { kind: "switch-off", epoch: 5 } }, strategy },
        context,
      );
    expect(planAtEpoch(build({ kind: "none" }), 4).epsilon).toBe(0.2);
    expect(planAtEpoch(build({ kind: "none" }), 5).epsilon).toBe(0);
    const drw = build({ kind: "ldam-drw", startEpoch: 3 });
    expect(planAtEpoch(drw, 2).sampleWeight).toBe(1);
    expect(planAtEpoch(drw, 3).sampleWeight).toEqual(drw.deferredWeight?.sampleWeight);
  });
});

describe("explainPlan", () => {
  test.each<[Parameters<typeof buildTargetPlan>[0], string]>([
    [{ smoothing: { convention: "uniform", epsilon: 0.1 }, strategy: { kind: "none" } }, "uniform 0.1 at K = 10"],
    [
      { smoothing: { convention: "off-target", epsilon: 0 }, strategy: { kind: "none" } },
      "off-target 0 at K = 10 is the hard label",
    ],
    [
      {
        smoothing: { convention: "literal-unnormalised", epsilon: 0.1, allowUnnormalised: true },
        strategy: { kind: "none" },
      },
      "literal-unnormalised 0.1 at K = 10 is uniform 0.10101; rows sum to 0.99, so the loss is scaled",
    ],
    [
      { smoothing: { convention: "uniform", epsilon: 0.1 }, strategy: { kind: "hierarchical", beta: 4 } },
      "each class has a row of its own by its distances in the taxonomy; strategy hierarchical",
    ],
    [
      {
        smoothing: { convention: "uniform", epsilon: 0.1 },
        strategy: { kind: "weighted", weights: "inverse-frequency" },
      },
      "uniform 0.1 at K = 10; strategy weighted",
    ],
  ])("%o is explained as %s", (spec, words) => {
    const classCounts = Array.from({ length: 10 }, (_, index) => index + 1);
    const taxonomy = { name: "root", children: classCounts.map(String) };
    expect(explainPlan(buildTargetPlan(spec, { classCount: 10, classCounts, taxonomy }))).toBe(words);
  });
});
