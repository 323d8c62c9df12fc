import { describe, expect, test } from "vitest";
import { formatAge, formatDuration, formatRate } from "./formatDuration.ts";

describe("formatDuration", () => {
  test.each([
    [0, "0 s"],
    [0.4, "0 s"],
    [8.4, "8 s"],
    [59.6, "1 min"],
    [80, "1 min 20 s"],
    [3600, "1 h"],
    [7500, "2 h 5 min"],
    [273_600, "3 d 4 h"],
    [-5, "0 s"],
    [Number.NaN, "0 s"],
    [Number.POSITIVE_INFINITY, "0 s"],
  ])("%d s is %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe("formatAge", () => {
  test.each([
    [0, "just now"],
    [-4000, "just now"],
    [30_000, "30 s ago"],
    [3_599_000, "59 min ago"],
    [90_000_000, "1 d ago"],
  ])("%d ms ago is %s", (age, text) => {
    expect(formatAge(1_000_000_000 - age, 1_000_000_000)).toBe(text);
  });
});

describe("formatRate", () => {
  test.each([
    [12.34, "12.3 trials/min"],
    [12, "12 trials/min"],
    [250.4, "250 trials/min"],
    [0.125, "7.5 trials/h"],
  ])("%d a minute is %s", (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });
});
