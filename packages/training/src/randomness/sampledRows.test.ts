import { describe, expect, test } from "vitest";
import { dropoutMask } from "./dropoutMask.ts";
import { randomStream } from "./randomStream.ts";
import { sampledRows } from "./sampledRows.ts";

/** 9,000 rows of class 0, 900 of class 2, 100 of class 3; none of class 1. */
const labels = Int32Array.from({ length: 10_000 }, (_, row) => (row < 9000 ? 0 : row < 9900 ? 2 : 3));

function countsOf(rows: Uint32Array): number[] {
  const counts = [0, 0, 0, 0];
  for (const row of rows) counts[labels[row] as number]! += 1;
  return counts;
}

describe("sampledRows", () => {
  test("draws classes by their probability, as many rows as there are", () => {
    const rows = sampledRows(labels, [1 / 3, 0, 1 / 3, 1 / 3], randomStream(1, "sampling/1"));
    expect(rows).toHaveLength(10_000);
    const counts = countsOf(rows);
    expect(counts[1]).toBe(0);
    // Standard deviation 47: five of them.
    for (const label of [0, 2, 3]) expect(Math.abs((counts[label] as number) - 10_000 / 3)).toBeLessThan(236);
  });

  test("shows every row of a class before any of them again", () => {
    const rows = sampledRows(labels, [0.5, 0, 0, 0.5], randomStream(1, "sampling/1"));
    const rare = Array.from(rows).filter((row) => labels[row] === 3);
    for (const start of [0, 100, 200]) expect(new Set(rare.slice(start, start + 100)).size).toBe(100);
  });

  test("is a function of its stream", () => {
    const draw = (seed: number) => sampledRows(labels, [0.5, 0, 0.2, 0.3], randomStream(seed, "sampling/4"));
    expect(draw(3)).toEqual(draw(3));
    expect(draw(4)).not.toEqual(draw(3));
  });

  test("never draws a class of probability 0, also when the others' sum is rounded below 1", () => {
    const tenth = new Array<number>(10).fill(0.1);
    const many = Int32Array.from({ length: 20_000 }, (_, row) => row % 11);
    const rows = sampledRows(many, [...tenth, 0], randomStream(1, "sampling/1"));
    expect(rows.some((row) => many[row] === 10)).toBe(false);
  });
});

describe("dropoutMask", () => {
  test("drops the given share and keeps the mean", () => {
    const mask = dropoutMask(randomStream(1, "dropout"), 40_000, 0.25);
    expect(new Set(mask)).toEqual(new Set([0, Math.fround(4 / 3)]));
    const dropped = mask.filter((factor) => factor === 0).length;
    // Standard deviation 87: five of them.
    expect(Math.abs(dropped - 10_000)).toBeLessThan(433);
  });
});
