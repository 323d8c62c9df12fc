import { describe, expect, test } from "vitest";
import { backoffDelay } from "./backoffDelay.ts";

describe("backoffDelay", () => {
  const backoff = { baseMs: 500, maxMs: 10_000 };

  test("doubles with each failure up to the limit", () => {
    const delays = [0, 1, 2, 3, 4, 5, 400].map((failures) => backoffDelay(failures, backoff, 1));
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  test("is at least half of the full delay", () => {
    expect(backoffDelay(1, backoff, 0)).toBe(500);
  });
});
