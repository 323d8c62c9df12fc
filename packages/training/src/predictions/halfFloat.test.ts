import { expect, test } from "vitest";
import { decodePredictions, encodePredictions } from "./encodePredictions.ts";
import { fromHalf, toHalf } from "./halfFloat.ts";

/** Half-precision numbers that a rule does not hold for. */
function exceptions(count: number, holds: (half: number) => boolean): number[] {
  return Array.from({ length: count }, (_, half) => half).filter((half) => !holds(half));
}

test("every half comes back as itself, and a NaN as a NaN", () => {
  const comesBack = (half: number) => {
    const value = fromHalf(half);
    return Number.isNaN(value) ? Number.isNaN(fromHalf(toHalf(value))) : toHalf(value) === half;
  };
  expect(exceptions(0x10000, comesBack)).toEqual([]);
});

test("between two neighbouring halves, the nearer one is taken, and the even one in the middle", () => {
  const roundsWell = (half: number) => {
    const lower = fromHalf(half);
    const gap = fromHalf(half + 1) - lower;
    const even = half % 2 === 0 ? half : half + 1;
    const middle = lower + gap / 2;
    const isNearest = toHalf(lower + gap * 0.49) === half && toHalf(lower + gap * 0.51) === half + 1;
    return isNearest && toHalf(middle) === even && toHalf(-middle) === (even | 0x8000);
  };
  // All positive finite neighbours, subnormal and normal.
  expect(exceptions(0x7bff, roundsWell)).toEqual([]);
});

test.each([
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [65519.99, 0x7bff],
  [65520, 0x7c00],
  [1e30, 0x7c00],
  [Number.POSITIVE_INFINITY, 0x7c00],
  [Number.NEGATIVE_INFINITY, 0xfc00],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000],
  [2 ** -25 * 1.001, 0x0001],
  [1e-30, 0x0000],
])("%d is written as IEEE 754 says", (value, bits) => {
  expect(toHalf(value)).toBe(bits);
});

test("stored predictions come back within half precision", () => {
  const logits = Float32Array.from({ length: 30 }, (_, index) => (index - 15) * 0.7371);
  const blob = encodePredictions("test", logits, 3);
  expect(blob).toMatchObject({ split: "test", rows: 10, classCount: 3, encoding: "f16le+deflate" });
  decodePredictions(blob).forEach((value, index) => {
    expect(Math.abs(value - (logits[index] as number))).toBeLessThanOrEqual(Math.abs(value) * 2 ** -11);
  });
});

test("a blob whose bytes do not fit its header is refused", () => {
  const blob = { ...encodePredictions("test", new Float32Array(6), 3), rows: 3 };
  expect(() => decodePredictions(blob)).toThrow(expect.objectContaining({ code: "internal" }));
});
