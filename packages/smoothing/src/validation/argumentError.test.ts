import { expect, test } from "vitest";
import { ArgumentError } from "./argumentError.ts";

test("says name, rule and value without a full stop, and keeps them through JSON", () => {
  const error = new ArgumentError("out_of_range", { argument: "beta", rule: "must be in [0, 1)", value: 1.2 });
  expect(error.message).toBe("beta must be in [0, 1), got 1.2");
  expect(error).toBeInstanceOf(RangeError);
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({
    name: "ArgumentError",
    code: "out_of_range",
    argument: "beta",
  });
});

test("names values that JSON would lose, and shortens long ones", () => {
  const said = (value: unknown) =>
    new ArgumentError("not_finite", { argument: "x", rule: "must be finite", value }).message;
  expect(said(Number.NaN)).toMatch(/got NaN$/);
  expect(said(undefined)).toMatch(/got undefined$/);
  expect(said(Array.from({ length: 100 }, (_, index) => index)).length).toBeLessThan(110);
});
