import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LabelAwareShape, labelAwareEpsilon } from "./labelAwareEpsilon.ts";
import { reducedEpsilon } from "./reducedEpsilon.ts";
import { scheduleFactor } from "./scheduleFactor.ts";

const shapes: LabelAwareShape[] = ["concave", "linear", "convex", "exponential"];
const counts = fc
  .array(fc.integer({ min: 0, max: 9999 }), { minLength: 2, maxLength: 12 })
  .filter((n) => n.some((c) => c > 0));

describe("labelAwareEpsilon", () => {
  test("every shape runs from the tail's strength to the head's and rises with the count", () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(...shapes), (n, shape) => {
        const epsilons = labelAwareEpsilon(n, { headEpsilon: 0.3, tailEpsilon: 0.05, shape, power: 2 });
        const order = Array.from(n.keys()).sort((a, b) => n[a]! - n[b]!);
        order.slice(1).forEach((k, index) => {
          expect(epsilons[k]!).toBeGreaterThanOrEqual(epsilons[order[index]!]! - 1e-15);
        });
        expect(epsilons[order.at(-1)!]).toBeCloseTo(0.3, 15);
        if (Math.min(...n) < Math.max(...n)) expect(epsilons[order[0]!]).toBe(0.05);
      }),
    );
  });

  test("the convex shape is the published h + (h-t) sin(3 pi/2 + pi r/2)", () => {
    const [, middle] = labelAwareEpsilon([100, 40, 10], { headEpsilon: 0.4, tailEpsilon: 0.1, shape: "convex" });
    expect(middle).toBeCloseTo(0.4 + 0.3 * Math.sin(1.5 * Math.PI + (Math.PI * (30 / 90)) / 2), 14);
  });

  test("equal counts give every class the head's strength", () => {
    expect(labelAwareEpsilon([40, 40], { headEpsilon: 0.3, tailEpsilon: 0, shape: "concave" })).toEqual([0.3, 0.3]);
  });

  test("strengths outside [0, 1] and a power of 0 are refused", () => {
    const give = (wrong: object) => () =>
      labelAwareEpsilon([2, 1], { headEpsilon: 0.3, tailEpsilon: 0, shape: "linear", ...wrong });
    expect(give({ headEpsilon: 1.1 })).toThrow(expect.objectContaining({ code: "epsilon_out_of_range" }));
    expect(give({ tailEpsilon: -0.1 })).toThrow(expect.objectContaining({ code: "epsilon_out_of_range" }));
    expect(give({ power: 0 })).toThrow(expect.objectContaining({ code: "out_of_range" }));
  });
});

describe("reducedEpsilon", () => {
  test("keeps the strength for balanced data and falls to e / K as one class takes over", () => {
    expect(reducedEpsilon(0.1, [7, 7, 7])).toBeCloseTo(0.1, 15);
    expect(reducedEpsilon(0.1, [7, 0, 0, 0])).toBeCloseTo(0.025, 15);
    expect(reducedEpsilon(0.1, [90, 10])).toBeLessThan(0.1);
  });
});

describe("scheduleFactor", () => {
  test("warm-up rises from 0 to 1", () => {
    expect([0, 1, 2, 3, 9].map((epoch) => scheduleFactor({ kind: "warm-up", epochs: 2 }, epoch))).toEqual([
      0, 0.5, 1, 1, 1,
    ]);
  });

  test("decay falls to its floor, linearly or as a half cosine", () => {
    const linear = { kind: "decay", epochs: 4, floor: 0.5 } as const;
    expect([0, 2, 4, 9].map((epoch) => scheduleFactor(linear, epoch))).toEqual([1, 0.75, 0.5, 0.5]);
    const cosine = { kind: "decay", epochs: 4, shape: "cosine" } as const;
    expect(scheduleFactor(cosine, 2)).toBeCloseTo(0.5, 15);
    expect(scheduleFactor(cosine, 4)).toBe(0);
  });

  test("switch-off ends in its epoch, and constant never does", () => {
    expect([0, 4, 5].map((epoch) => scheduleFactor({ kind: "switch-off", epoch: 5 }, epoch))).toEqual([1, 1, 0]);
    expect(scheduleFactor({ kind: "constant" }, 99)).toBe(1);
  });

  test("unknown kinds, lengths below 1 and negative epochs are refused", () => {
    expect(() => scheduleFactor({ kind: "warm-up", epochs: 0 }, 0)).toThrow(
      expect.objectContaining({ code: "out_of_range" }),
    );
    expect(() => scheduleFactor({ kind: "constant" }, -1)).toThrow(expect.objectContaining({ code: "out_of_range" }));
    const odd = { kind: "odd" } as unknown as { kind: "constant" };
    expect(() => scheduleFactor(odd, 0)).toThrow(expect.objectContaining({ code: "invalid_argument" }));
  });
});
