import type { AppError, DataSpec, SpecIssue } from "@smoothsweep/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitRows } from "./splitRows.ts";

const limits = { trainRows: 100, testRows: 20 };
const spec: DataSpec = { dataset: "mnist", train: 60, validation: 40, test: 20, splitSeed: 1 };

describe("splitRows", () => {
  test("train and validation share no row, test takes the first rows of its own part", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 98 }), fc.integer({ min: 2, max: 20 }), (train, testRows) => {
        const rows = splitRows({ ...spec, train, validation: 100 - train, test: testRows }, limits);
        expect(new Set([...rows.train, ...rows.validation]).size).toBe(100);
        expect([...rows.test]).toEqual(Array.from({ length: testRows }, (_, row) => row));
      }),
    );
  });

  test("a smaller train part is the beginning of a larger one", () => {
    const large = splitRows(spec, limits);
    const small = splitRows({ ...spec, train: 10 }, limits);
    expect(small.train).toEqual(large.train.slice(0, 10));
  });

  test("more rows than there are is an invalid specification, each part reported", () => {
    try {
      splitRows({ ...spec, train: 61, test: 21 }, limits);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "invalid_spec" });
      const issues = (error as AppError).context["issues"] as SpecIssue[];
      expect(issues.map(({ code, path }) => [code, path])).toEqual([
        ["too_few_rows", "data.train"],
        ["too_few_rows", "data.test"],
      ]);
    }
  });
});
