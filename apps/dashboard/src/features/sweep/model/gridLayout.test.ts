import { describe, expect, test } from "vitest";
import { cellOf, trialOf } from "../../../testing/cellFixtures.ts";
import { cellRows } from "./cellRows.ts";
import { gridLayout } from "./gridLayout.ts";

const rows = cellRows([
  cellOf({ id: "a", epsilon: 0.1 }),
  cellOf({ id: "b", epsilon: 0 }),
  cellOf({ id: "c", epsilon: 0, strategy: "class-prior", representativeId: "b" }),
]);

describe("gridLayout", () => {
  test("has a column for each epsilon in order and a line for everything else", () => {
    const grid = gridLayout(rows, []);
    expect(grid.epsilons).toEqual([0, 0.1]);
    expect(grid.lines.map((line) => line.label)).toEqual(["uniform · none", "uniform · class-prior"]);
    expect(grid.lines.map((line) => line.cells.map((cell) => cell?.row.cell.id ?? null))).toEqual([
      ["b", "a"],
      ["c", null],
    ]);
  });

  test("shows an equivalent in the state of the trial that is trained for it", () => {
    const grid = gridLayout(rows, [trialOf("t1", "b", "completed"), trialOf("t2", "c", "pending", "t1")]);
    const square = grid.lines[1]?.cells[0]?.trials[0];
    expect(square).toMatchObject({ state: "completed", isEquivalent: true });
  });
});
