import { describe, expect, test } from "vitest";
import { cellOf } from "../../../testing/cellFixtures.ts";
import { cellRows } from "./cellRows.ts";
import { type CellSortKey, isCellSortKey, naturalOrder, sortCells } from "./sortCells.ts";

const rows = cellRows([
  cellOf({ id: "a", epsilon: 0.2, accuracy: 0.9, signedGap: -0.05 }),
  cellOf({ id: "b", epsilon: 0.1 }),
  cellOf({ id: "c", epsilon: 0, accuracy: 0.95, signedGap: 0.02 }),
]);

const order = (key: CellSortKey, direction: "asc" | "desc") =>
  sortCells(rows, key, direction)
    .map((row) => row.cell.id)
    .join("");

describe("sortCells", () => {
  test("sorts by what the user wrote", () => {
    expect(order("epsilon", "asc")).toBe("cba");
    expect(order("number", "desc")).toBe("cba");
  });

  test("puts cells without a result last in either direction", () => {
    expect(order("accuracy", "desc")).toBe("cab");
    expect(order("accuracy", "asc")).toBe("acb");
  });

  test("takes the gap that is nearest to zero as the smallest", () => {
    expect(order("signedGap", "asc")).toBe("cab");
  });

  test("begins with the best cells", () => {
    expect(naturalOrder("accuracy")).toBe("desc");
    expect(naturalOrder("ece")).toBe("asc");
    expect(naturalOrder("number")).toBe("asc");
  });

  test("knows its keys", () => {
    expect(["ece", "epsilon", "name", 3].map(isCellSortKey)).toEqual([true, true, false, false]);
  });
});
