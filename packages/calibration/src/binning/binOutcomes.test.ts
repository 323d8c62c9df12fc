import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calibrationErrors } from "../calibrationError/calibrationErrors.ts";
import type { Outcomes } from "../predictions.ts";
import { binOutcomes } from "./binOutcomes.ts";
import { equalMassEdges } from "./equalMassEdges.ts";
import { calibrationPresets, type PresetName, resolveScheme } from "./presets.ts";
import { reliabilityBins } from "./reliabilityBins.ts";

/** Values where binning goes wrong: exact edges, one rounding step beside them, 0, 1 and anything between. */
const nearEdge = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.constantFrom(-1, 0, 1));
const anyValue = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  nearEdge.map(([i, bins, step]) => Math.min(1, Math.max(0, (Math.min(i, bins) / bins) * (1 + step * Number.EPSILON)))),
  fc.constantFrom(0, 1, Number.MIN_VALUE, 1 - Number.EPSILON / 2),
);
const anyOutcomes: fc.Arbitrary<Outcomes> = fc
  .array(fc.tuple(anyValue, fc.constantFrom(0, 1)), { minLength: 1, maxLength: 60 })
  .map((pairs) => ({ confidences: pairs.map(([value]) => value), outcomes: pairs.map(([, event]) => event) }));
const anyBins = fc.integer({ min: 1, max: 60 });

/** Second implementation: tests every interval in turn, straight from its definition. */
function naiveBin(value: number, bins: number, preset: PresetName): number {
  const { interval, zero, one } = calibrationPresets[preset].scheme;
  for (let bin = 0; bin < bins; bin++) {
    const [low, high] = [bin / bins, (bin + 1) / bins];
    if (interval === "left-open" ? value > low && value <= high : value >= low && value < high) return bin;
  }
  if (value === 0) return zero === "dropped" ? -1 : 0;
  return one === "extra-bin" ? bins : bins - 1;
}

describe("binOutcomes", () => {
  it.each(["default15", "guo15", "netcal10", "torchmetrics15", "tfp"] as const)(
    "%s puts every value where its interval says, edges and rounding neighbours included",
    (preset) => {
      fc.assert(
        fc.property(anyValue, anyBins, (value, bins) => {
          const { counts } = binOutcomes({ confidences: [value], outcomes: [1] }, resolveScheme({ preset, bins }));
          expect(counts.indexOf(1)).toBe(naiveBin(value, bins, preset));
        }),
        { numRuns: 500 },
      );
    },
  );

  it("counts every example once in every scheme that drops none", () => {
    fc.assert(
      fc.property(anyOutcomes, anyBins, (outcomes, bins) => {
        for (const width of ["equal-width", "equal-mass"] as const)
          for (const interval of ["left-open", "right-open"] as const) {
            const totals = binOutcomes(outcomes, resolveScheme({ width, interval, bins }));
            expect(totals.counts.reduce((sum, count) => sum + count, 0)).toBe(outcomes.confidences.length);
          }
      }),
    );
  });

  it("guo15 drops zeros from the bins and keeps them in n", () => {
    const totals = binOutcomes({ confidences: [0, 0, 0.5], outcomes: [1, 1, 1] }, resolveScheme({ preset: "guo15" }));
    expect(totals.total).toBe(3);
    expect(totals.counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it("gives the same errors in any order of the examples", () => {
    fc.assert(
      fc.property(anyOutcomes, anyBins, ({ confidences, outcomes }, bins) => {
        const reversed = { confidences: Array.from(confidences).reverse(), outcomes: Array.from(outcomes).reverse() };
        for (const width of ["equal-width", "equal-mass"] as const) {
          const forward = calibrationErrors({ confidences, outcomes }, { width, bins });
          const backward = calibrationErrors(reversed, { width, bins });
          for (const name of ["ece", "mce", "rmsce"] as const) expect(backward[name]).toBeCloseTo(forward[name], 12);
        }
      }),
    );
  });
});

describe("equalMassEdges", () => {
  it("rises strictly to 1 and never separates equal values", () => {
    fc.assert(
      fc.property(fc.array(anyValue, { minLength: 1, maxLength: 50 }), anyBins, (values, bins) => {
        const edges = equalMassEdges(values, bins);
        expect(edges.at(-1)).toBe(1);
        expect(edges.length).toBeLessThanOrEqual(Math.min(bins, values.length));
        for (let index = 1; index < edges.length; index++) expect(edges[index]).toBeGreaterThan(edges[index - 1]!);
      }),
    );
  });

  it("splits distinct values evenly, the first chunks one longer", () => {
    const values = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];
    const { counts } = binOutcomes(
      { confidences: values, outcomes: values.map(() => 1) },
      resolveScheme({ width: "equal-mass", bins: 3 }),
    );
    expect(Array.from(counts)).toEqual([3, 2, 2]);
  });

  it("makes one bin per value when there are more bins than values", () => {
    expect(equalMassEdges([0.2, 0.6], 15)).toEqual([0.4, 1]);
  });
});

describe("reliabilityBins", () => {
  it("adds up to the ECE and the number of examples", () => {
    fc.assert(
      fc.property(anyOutcomes, anyBins, (outcomes, bins) => {
        const table = reliabilityBins(outcomes, { bins });
        const count = outcomes.confidences.length;
        expect(table.reduce((sum, row) => sum + row.count, 0)).toBe(count);
        const ece = table.reduce((sum, row) => sum + (row.count / count) * Math.abs(row.gap), 0);
        expect(ece).toBeCloseTo(calibrationErrors(outcomes, { bins }).ece, 12);
        for (const row of table) expect(row.upper).toBeGreaterThan(row.lower);
      }),
    );
  });
});

describe("resolveScheme", () => {
  it("refuses an unknown preset and lists the known ones", () => {
    expect(() => resolveScheme({ preset: "ece" as PresetName })).toThrowError(
      /^preset must be one of default15, guo15, /,
    );
    expect(() => resolveScheme({ preset: "toString" as PresetName })).toThrowError(/^preset must be one of/);
  });

  it("refuses a bin count that is not a positive integer", () => {
    for (const bins of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => resolveScheme({ bins })).toThrowError(`bins must be a positive integer, got ${bins}`);
  });
});
