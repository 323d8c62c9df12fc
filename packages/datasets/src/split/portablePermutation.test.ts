import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashRows } from "../snapshot/snapshotId.ts";
import { mulberry32 } from "./mulberry32.ts";
import { portablePermutation } from "./portablePermutation.ts";

describe("portablePermutation", () => {
  test("it draws the standard sweep's rows, which another language drew first", () => {
    const order = portablePermutation(60_000, 2026);
    expect([...order.slice(0, 8)]).toEqual([34_249, 5502, 56_897, 52_393, 12_756, 14_627, 9047, 41_218]);
    const published = "6fdf98a97c36d905877200e33d52fa3de905ec34b5a13caa2fc8402627902dde";
    expect(hashRows(order.subarray(0, 12_000))).toBe(published);
  });

  test("every place is taken exactly once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (count, seed) => {
        const sorted = [...portablePermutation(count, seed)].sort((one, other) => one - other);
        expect(sorted).toEqual(Array.from({ length: count }, (_, place) => place));
      }),
      { numRuns: 50 },
    );
  });

  test("draws are whole numbers in [0, 2^32)", () => {
    const draw = mulberry32(0);
    for (let count = 0; count < 1000; count += 1) {
      const drawn = draw();
      expect(Number.isInteger(drawn) && drawn >= 0 && drawn < 2 ** 32).toBe(true);
    }
  });
});
