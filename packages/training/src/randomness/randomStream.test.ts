import { describe, expect, test } from "vitest";
import { permutation } from "./permutation.ts";
import { randomStream } from "./randomStream.ts";
import { uniformValues } from "./uniformValues.ts";

describe("randomStream", () => {
  test("gives the same numbers for ever: results of stored trials must stay reproducible", () => {
    const stream = randomStream(42, "order/1");
    expect([stream.nextUint32(), stream.nextUint32(), stream.nextUint32()]).toMatchInlineSnapshot(`
      [
        2658098730,
        1174228793,
        127104235,
      ]
    `);
    expect([...permutation(randomStream(42, "order/1"), 8)]).toMatchInlineSnapshot(`
      [
        0,
        5,
        6,
        7,
        4,
        1,
        3,
        2,
      ]
    `);
  });

  test("is the published xoshiro128** for a known state", () => {
    // First outputs of xoshiro128** 1.1 from the state 1, 2, 3, 4: rust-random's test vector.
    const state = Uint32Array.of(1, 2, 3, 4);
    const stream = randomStream(0, "", state);
    expect(Array.from({ length: 6 }, () => stream.nextUint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492,
    ]);
  });

  test("differs by seed and by name", () => {
    const first = randomStream(1, "a").nextUint32();
    expect(randomStream(2, "a").nextUint32()).not.toBe(first);
    expect(randomStream(1, "b").nextUint32()).not.toBe(first);
  });

  test("nextBelow stays below its bound and reaches every value equally often", () => {
    const stream = randomStream(5, "bounds");
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let draw = 0; draw < 70_000; draw++) counts[stream.nextBelow(7)]! += 1;
    // 10,000 expected, standard deviation 93: five of them.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(465);
  });
});

describe("permutation", () => {
  test.each([0, 1, 2, 1000])("has each of %i numbers once", (count) => {
    const order = permutation(randomStream(3, "order"), count);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
  });
});

describe("uniformValues", () => {
  test("fills the interval symmetrically", () => {
    const values = uniformValues(randomStream(9, "values"), 20_000, 0.25);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.max(...values)).toBeLessThan(0.25);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-0.25);
    // standard deviation of the mean 0.001: five of them
    expect(Math.abs(mean)).toBeLessThan(0.005);
  });
});
