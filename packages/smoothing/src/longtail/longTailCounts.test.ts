import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longTailCounts } from "./longTailCounts.ts";

const exponential = (classCount: number, maxCount: number, imbalanceFactor: number) =>
  longTailCounts({ profile: "exponential", classCount, maxCount, imbalanceFactor });

describe("longTailCounts", () => {
  test("floors the exact real number where floating point falls short of it", () => {
    expect(exponential(6, 243, 243)).toEqual([243, 81, 27, 9, 3, 1]);
    expect(exponential(21, 2 ** 40, 2 ** 40)).toEqual(Array.from({ length: 21 }, (_, k) => 2 ** (40 - 2 * k)));
    expect(exponential(2, 110, 1.1)).toEqual([110, 100]);
    expect(longTailCounts({ profile: "step", classCount: 2, maxCount: 330, imbalanceFactor: 3.3 })).toEqual([330, 100]);
  });

  test("every count is the largest n with n^(K-1) F^k <= M^(K-1)", () => {
    const whole = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), whole, fc.integer({ min: 1, max: 400 }), (K, max, factor) => {
        const s = BigInt(K - 1);
        exponential(K, max, factor).forEach((count, k) => {
          const fits = (n: number) => BigInt(n) ** s * BigInt(factor) ** BigInt(k) <= BigInt(max) ** s;
          expect(fits(count) && !fits(count + 1)).toBe(true);
        });
      }),
    );
  });

  test("one class has the largest count, and the first floor(K/2) classes of a step too", () => {
    expect(exponential(1, 50, 100)).toEqual([50]);
    expect(longTailCounts({ profile: "step", classCount: 5, maxCount: 600, imbalanceFactor: 12 })).toEqual([
      600, 600, 50, 50, 50,
    ]);
    expect(longTailCounts({ profile: "step", classCount: 1, maxCount: 6, imbalanceFactor: 2 })).toEqual([6]);
  });

  test("the tail may become empty", () => {
    expect(exponential(3, 10, 100)).toEqual([10, 1, 0]);
  });

  test.each([
    [{ classCount: 0 }, "out_of_range"],
    [{ classCount: 2.5 }, "out_of_range"],
    [{ maxCount: 0 }, "out_of_range"],
    [{ imbalanceFactor: 0.9 }, "out_of_range"],
    [{ imbalanceFactor: Number.NaN }, "not_finite"],
  ])("%o is refused", (wrong, code) => {
    const options = { profile: "exponential", classCount: 3, maxCount: 10, imbalanceFactor: 10, ...wrong } as const;
    expect(() => longTailCounts(options)).toThrow(expect.objectContaining({ code }));
  });
});
