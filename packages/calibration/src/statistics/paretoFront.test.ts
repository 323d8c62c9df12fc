import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hypervolume, hypervolumeInterval } from "./hypervolume.ts";
import { type Direction, paretoFront, paretoMembership } from "./paretoFront.ts";

const directions: readonly Direction[] = ["maximise", "minimise"];
const anyPoints = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
  minLength: 1,
  maxLength: 15,
});

describe("paretoFront", () => {
  it("is exactly the points that nothing beats, equal points together", () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const front = paretoFront(points, directions);
        expect(front.some(Boolean)).toBe(true);
        for (const [i, [gain, loss]] of points.entries()) {
          const isBeaten = points.some(([g, l]) => g >= gain && l <= loss && (g > gain || l < loss));
          expect(front[i]).toBe(!isBeaten);
        }
      }),
    );
  });

  it("gives probability 1 to a cell that wins with every seed and 0 to one that loses with every seed", () => {
    const samples = [
      [
        [0.9, 0.1],
        [0.91, 0.1],
      ],
      [
        [0.8, 0.2],
        [0.81, 0.3],
      ],
    ];
    expect(paretoMembership(samples, directions, { draws: 100 })).toEqual([1, 0]);
  });

  it("keeps the pairing of seeds: a constant advantage is certain however noisy the seeds", () => {
    const noise = [0, 0.3, -0.2, 0.25];
    const samples = [noise.map((n) => [0.8 + n]), noise.map((n) => [0.79 + n])];
    expect(paretoMembership(samples, ["maximise"], { draws: 200 })).toEqual([1, 0]);
  });

  it("refuses cells with another number of seeds", () => {
    expect(() => paretoMembership([[[1]], [[1], [2]]], ["maximise"])).toThrowError(
      "samples[1] must have length 1, got 2",
    );
  });
});

describe("hypervolume", () => {
  it("counts the unit cells of a grid that are dominated (plain count as second implementation)", () => {
    const third = fc.tuple(
      fc.integer({ min: -1, max: 5 }),
      fc.integer({ min: -1, max: 5 }),
      fc.integer({ min: -1, max: 5 }),
    );
    fc.assert(
      fc.property(fc.array(third, { minLength: 1, maxLength: 8 }), (points) => {
        let cells = 0;
        for (let x = 0; x < 5; x++)
          for (let y = 0; y < 5; y++)
            for (let z = 0; z < 5; z++) if (points.some((p) => p[0] > x && p[1] > y && p[2] > z)) cells++;
        expect(hypervolume(points, ["maximise", "maximise", "maximise"], [0, 0, 0])).toBeCloseTo(cells, 10);
      }),
    );
  });

  it("never shrinks when a point is added", () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const all = hypervolume(points, directions, [0, 9]);
        expect(
          hypervolume(points.slice(1).concat([points[0]!]).slice(0, -1).concat(points), directions, [0, 9]),
        ).toBeCloseTo(all, 10);
        if (points.length > 1)
          expect(hypervolume(points.slice(1), directions, [0, 9])).toBeLessThanOrEqual(all + 1e-12);
      }),
    );
  });

  it("has an interval around the estimate of the means", () => {
    const samples = [
      [
        [0.9, 0.1],
        [0.8, 0.2],
        [0.85, 0.12],
      ],
      [
        [0.7, 0.05],
        [0.72, 0.06],
        [0.69, 0.02],
      ],
    ];
    const { estimate, low, high } = hypervolumeInterval(samples, { directions, reference: [0, 1] }, { draws: 300 });
    expect(low).toBeLessThanOrEqual(estimate);
    expect(high).toBeGreaterThanOrEqual(estimate);
    const [top, lower] = [0.85 * (1 - 0.14), 0.85];
    expect(estimate).toBeGreaterThan(top);
    expect(estimate).toBeLessThan(lower);
  });
});
