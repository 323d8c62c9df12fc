import { expect, test } from "vitest";
import { newId } from "./newId.ts";

test("an id is its prefix and 26 characters that fit URLs, file names and queue keys", () => {
  expect(newId("swp")).toMatch(/^swp_[0-9a-hjkmnp-tv-z]{26}$/);
});

test("ids sort in the order of their making, also within one millisecond", () => {
  const now = Date.now() + 10_000;
  const ids = Array.from({ length: 5000 }, (_, place) => newId("trl", now + Math.floor(place / 1000)));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a clock that runs backwards does not bring back the past", () => {
  const later = newId("att", Date.now() + 20_000);
  expect(newId("att", 0) > later).toBe(true);
});
