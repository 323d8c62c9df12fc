import { describe, expect, test } from "vitest";
import { cellOf } from "../../../testing/cellFixtures.ts";
import { axisLabel, cellRows, representativeRow } from "./cellRows.ts";

const rows = cellRows([
  cellOf({ id: "a", epsilon: 0, accuracy: 0.9 }),
  cellOf({ id: "b", epsilon: 0, convention: "off-target", representativeId: "a" }),
  cellOf({ id: "c", values: { "smoothing.epsilon": 0.1, "training.optimizer.learningRate": 0.01 } }),
]);

describe("cellRows", () => {
  test("numbers and names cells in the order of the axes", () => {
    expect(rows.map((row) => [row.number, row.name])).toEqual([
      [1, "ε 0 · uniform · none"],
      [2, "ε 0 · off-target · none"],
      [3, "ε 0.1 · uniform · none · learningRate 0.01"],
    ]);
  });

  test("links equivalents both ways", () => {
    expect(rows.map((row) => row.equivalentTo)).toEqual([null, 1, null]);
    expect(rows.map((row) => row.equivalents)).toEqual([[2], [], []]);
  });

  test("gives an equivalent the metrics of the cell that is trained for it", () => {
    expect(rows[1]?.metrics?.accuracy.mean).toBe(0.9);
    expect(rows[2]?.metrics).toBeNull();
  });

  test("finds the cell that stands for another", () => {
    expect(representativeRow(rows, "b")?.cell.id).toBe("a");
    expect(representativeRow(rows, "c")?.cell.id).toBe("c");
    expect(representativeRow(rows, undefined)).toBeUndefined();
  });
});

describe("axisLabel", () => {
  test("is the last part of a path", () => {
    expect(axisLabel("training.optimizer.learningRate")).toBe("learningRate");
    expect(axisLabel("seeds")).toBe("seeds");
  });
});
