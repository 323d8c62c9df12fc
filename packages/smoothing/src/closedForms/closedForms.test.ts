import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conventionNames } from "../conventions/conventionName.ts";
import { buildTargetPlan } from "../plans/buildTargetPlan.ts";
import { targetRow } from "../plans/targetRow.ts";
import { closedForms } from "./closedForms.ts";
import { confidenceCeiling } from "./confidenceCeiling.ts";
import { entropyFloor } from "./entropyFloor.ts";
import { smoothedMarginal } from "./smoothedMarginal.ts";

describe("closedForms", () => {
  test.each([
    [10, [0.282, 0.5, 0.867], [5.25, 4.51, 3.71]],
    [3, [0.169, 0.291, 0.485], null],
    [1000, [0.543, 1.015, 1.88], null],
    [32_000, [0.717, 1.362, 2.575], null],
  ])("uniform smoothing at K = %d has the known floors and logit gaps", (K, floors, gaps) => {
    const forms = [0.05, 0.1, 0.2].map((epsilon) => closedForms({ convention: "uniform", epsilon }, K));
    forms.forEach((form, index) => {
      expect(form.entropyFloor).toBeCloseTo(floors[index]!, 3);
      if (gaps !== null) expect(Math.abs(form.stationaryLogitGap - gaps[index]!)).toBeLessThan(0.006);
    });
  });

  test("agree with the row itself in every convention", () => {
    const spec = fc.record({
      convention: fc.constantFrom(...conventionNames),
      epsilon: fc.double({ min: 0, max: 0.5, noNaN: true }),
      allowUnnormalised: fc.constant(true),
    });
    fc.assert(
      fc.property(spec, fc.integer({ min: 3, max: 60 }), (smoothing, K) => {
        const row = targetRow(buildTargetPlan({ smoothing, strategy: { kind: "none" } }, { classCount: K }), 1);
        const forms = closedForms(smoothing, K);
        expect(Math.abs(forms.trueMass - row[1]!)).toBeLessThan(1e-14);
        expect(Math.abs(forms.otherMass - row[2]!)).toBeLessThan(1e-14);
        expect(Math.abs(forms.rowSum - row.reduce((a, b) => a + b))).toBeLessThan(1e-13);
        expect(Math.abs(forms.entropyFloor - entropyFloor(row))).toBeLessThan(1e-13);
        expect(Math.abs(forms.maxConfidence - confidenceCeiling(row))).toBeLessThan(1e-13);
        if (row[2]! > 1e-300) expect(forms.stationaryLogitGap).toBeCloseTo(Math.log(row[1]! / row[2]!), 9);
      }),
    );
  });

  test("a hard label has no floor and an infinite gap, an exactly uniform row no gap", () => {
    const hard = closedForms({ convention: "off-target", epsilon: 0 }, 5);
    expect(hard).toMatchObject({ entropyFloor: 0, stationaryLogitGap: Number.POSITIVE_INFINITY, isUniform: false });
    const flat = closedForms({ convention: "off-target", epsilon: 2 / 3 }, 3);
    expect(flat.isUniform).toBe(true);
    expect(flat.stationaryLogitGap).toBeCloseTo(0, 12);
  });
});

describe("smoothedMarginal", () => {
  test("uniform smoothing shifts each class by e (1/K - pi), class-prior smoothing none", () => {
    const classCounts = [90, 9, 1];
    const smoothing = { convention: "uniform", epsilon: 0.1 } as const;
    const context = { classCount: 3, classCounts };
    const uniform = smoothedMarginal(buildTargetPlan({ smoothing, strategy: { kind: "none" } }, context), classCounts);
    const prior = smoothedMarginal(
      buildTargetPlan({ smoothing, strategy: { kind: "class-prior" } }, context),
      classCounts,
    );
    classCounts.forEach((count, index) => {
      expect(uniform[index]).toBeCloseTo(count / 100 + 0.1 * (1 / 3 - count / 100), 14);
      expect(prior[index]).toBeCloseTo(count / 100, 14);
    });
  });

  test("agrees with the sum over all rows, with a vector and with a matrix", () => {
    const classCounts = [50, 30, 15, 5];
    const matrix = [
      [0.1, 0.2, 0.3, 0.4],
      [0.7, 0.1, 0.1, 0.1],
      [0.25, 0.25, 0.25, 0.25],
      [0, 0, 1, 0],
    ];
    for (const mixing of [[0.1, 0.2, 0.3, 0.4], matrix]) {
      const plan = buildTargetPlan(
        { smoothing: { convention: "off-target", epsilon: 0.2 }, strategy: { kind: "custom", mixing } },
        { classCount: 4 },
      );
      const marginal = smoothedMarginal(plan, classCounts);
      for (let k = 0; k < 4; k++) {
        const expected = classCounts.reduce((sum, count, y) => sum + (count / 100) * targetRow(plan, y)[k]!, 0);
        expect(marginal[k]).toBeCloseTo(expected, 14);
      }
    }
  });
});
