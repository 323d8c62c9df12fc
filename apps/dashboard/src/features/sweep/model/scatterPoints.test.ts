import { describe, expect, test } from "vitest";
import { cellOf } from "../../../testing/cellFixtures.ts";
import { cellRows } from "./cellRows.ts";
import { scatterPoints } from "./scatterPoints.ts";

const rows = cellRows([
  cellOf({ id: "a", epsilon: 0, accuracy: 0.9, ece: 0.02 }),
  cellOf({ id: "b", epsilon: 0, strategy: "class-prior", representativeId: "a", accuracy: 0.9, ece: 0.02 }),
  cellOf({ id: "c", accuracy: 0.85, ece: 0.03 }),
  cellOf({ id: "d" }),
]);

describe("scatterPoints", () => {
  test("draws equivalents once, and knows for whom", () => {
    const points = scatterPoints(rows, "ece");
    expect(points.map((point) => point.id)).toEqual(["a", "c"]);
    expect(points[0]).toMatchObject({ mergedCount: 2, memberStrategies: ["none", "class-prior"] });
  });

  test("marks the front", () => {
    expect(scatterPoints(rows, "ece").map((point) => point.isOnFront)).toEqual([true, false]);
  });

  test("shows the calibration error that was asked for", () => {
    expect(scatterPoints(rows, "scaledEce")[0]?.miscalibration.mean).toBe(0.01);
  });
});
