import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FrontCandidate, paretoFront } from "./paretoFront.ts";

const candidate = (accuracy: number, miscalibration: number): FrontCandidate => ({ accuracy, miscalibration });

function dominates(a: FrontCandidate, b: FrontCandidate): boolean {
  const isNoWorse = a.accuracy >= b.accuracy && a.miscalibration <= b.miscalibration;
  return isNoWorse && (a.accuracy > b.accuracy || a.miscalibration < b.miscalibration);
}

describe("paretoFront", () => {
  test("keeps what nothing dominates, the best calibrated first", () => {
    const [good, best, calibrated] = [candidate(0.9, 0.02), candidate(0.95, 0.1), candidate(0.8, 0.01)];
    expect(paretoFront([best, candidate(0.85, 0.05), good, calibrated])).toEqual([calibrated, good, best]);
  });

  test("keeps every one of equal candidates", () => {
    expect(paretoFront([candidate(0.9, 0.1), candidate(0.9, 0.1)])).toHaveLength(2);
  });

  test("passes over what has no number", () => {
    expect(paretoFront([candidate(Number.NaN, 0.1)])).toEqual([]);
  });

  test("is exactly the set of candidates that no other one dominates", () => {
    const grid = fc.record({
      accuracy: fc.integer({ min: 0, max: 6 }),
      miscalibration: fc.integer({ min: 0, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(grid, { maxLength: 20 }), (candidates) => {
        const expected = candidates.filter((a) => !candidates.some((b) => dominates(b, a)));
        expect(new Set(paretoFront(candidates))).toEqual(new Set(expected));
      }),
    );
  });
});
