import { describe, expect, it } from "vitest";
import { choosePackSize, type PackMeasurement } from "./choosePackSize.ts";

const GIGABYTE = 1e9;
const bounds = { start: 4, max: 64, memoryBytes: 8 * GIGABYTE };

/** Chooses and measures until the choice stays the same. @returns the sizes in the order they were tried. */
function settle(rateOf: (size: number) => number, changes: Partial<typeof bounds> = {}, memoryOf = () => GIGABYTE) {
  const measured = new Map<number, PackMeasurement>();
  const tried: number[] = [];
  for (;;) {
    const size = choosePackSize(measured, { ...bounds, ...changes });
    if (measured.has(size)) return { tried, size };
    tried.push(size);
    measured.set(size, { rate: rateOf(size), memoryBytes: memoryOf() });
  }
}

describe("choosePackSize", () => {
  it("begins with the engine's own size", () => {
    expect(choosePackSize(new Map(), bounds)).toBe(4);
  });

  it("doubles while larger packs are clearly faster, and keeps the last that was", () => {
    expect(settle((size) => Math.min(size, 16))).toEqual({ tried: [4, 8, 16, 32], size: 16 });
  });

  it("takes no larger pack for a gain of less than 3 %", () => {
    expect(settle((size) => 100 + size / 4).size).toBeLessThanOrEqual(4);
  });

  it("halves where larger packs do not help, as long as that costs nothing", () => {
    expect(settle((size) => 1 / size)).toEqual({ tried: [4, 8, 2, 1], size: 1 });
    expect(settle((size) => (size < 4 ? 1 : 2))).toEqual({ tried: [4, 8, 2], size: 4 });
  });

  it("does not go beyond the largest size", () => {
    expect(settle((size) => size, { max: 8 })).toEqual({ tried: [4, 8], size: 8 });
    expect(settle((size) => size, { start: 8, max: 2 }).size).toBeLessThanOrEqual(2);
  });

  it("does not double where twice the memory is more than allowed", () => {
    expect(settle((size) => size, { memoryBytes: 1.5 * GIGABYTE }).size).toBe(4);
  });
});
