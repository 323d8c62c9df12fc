import { describe, expect, test } from "vitest";
import { calibrationMetric, readSweepSearch } from "./sweepSearch.ts";

describe("readSweepSearch", () => {
  test("takes what it understands", () => {
    const search = {
      calibration: "scaled",
      scale: "log",
      split: true,
      metric: "nll",
      sort: "ece",
      order: "desc",
      cell: "c",
    };
    expect(readSweepSearch(search)).toEqual(search);
  });

  test("drops what it does not", () => {
    expect(readSweepSearch({ calibration: "raw", sort: "name", order: 1, cell: 5, metric: "x", foo: "bar" })).toEqual(
      {},
    );
  });

  test("names the calibration error", () => {
    expect(calibrationMetric({})).toBe("ece");
    expect(calibrationMetric({ calibration: "scaled" })).toBe("scaledEce");
  });
});
