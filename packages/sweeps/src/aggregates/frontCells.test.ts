import type { Cell } from "@smoothsweep/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frontCells } from "./frontCells.ts";

const cell = (id: string, accuracy: number | null, ece = 0): Cell =>
  ({ id, metrics: accuracy === null ? null : { accuracy: { mean: accuracy }, ece: { mean: ece } } }) as unknown as Cell;
const ids = (cells: readonly Cell[]) => frontCells(cells).map(({ id }) => id);

describe("frontCells", () => {
  it("keeps what no other cell beats, ties included, and nothing without a result", () => {
    const cells = [
      cell("best", 0.9, 0.02),
      cell("same", 0.9, 0.02),
      cell("worse", 0.89, 0.03),
      cell("calibrated", 0.8, 0.01),
    ];
    expect(ids([...cells, cell("none", null)]).toSorted()).toEqual(["best", "calibrated", "same"]);
  });

  it("is what comparing every pair gives", () => {
    const value = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value)), (points) => {
        const cells = points.map(([accuracy, ece], index) => cell(`${index}`, accuracy, ece));
        const beaten = ([accuracy, ece]: [number, number]) =>
          points.some(([a, e]) => a >= accuracy && e <= ece && (a > accuracy || e < ece));
        const expected = cells.filter((_, index) => !beaten(points[index]!)).map(({ id }) => id);
        expect(ids(cells).toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  it("can be found page by page", () => {
    const value = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value)), fc.nat(10), (points, pageSize) => {
        const cells = points.map(([accuracy, ece], index) => cell(`${index}`, accuracy, ece));
        const [page, rest] = [cells.slice(0, pageSize), cells.slice(pageSize)];
        expect(ids([...frontCells(page), ...rest]).toSorted()).toEqual(ids(cells).toSorted());
      }),
    );
  });
});
