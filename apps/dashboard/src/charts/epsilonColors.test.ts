import { describe, expect, test } from "vitest";
import { epsilonColors } from "./epsilonColors.ts";

describe("epsilonColors", () => {
  test("gives each epsilon one color, in order, whatever the order it is told", () => {
    const colors = epsilonColors([0.4, 0, 0.1, 0], "dark");
    expect([...colors.keys()]).toEqual([0, 0.1, 0.4]);
    expect(new Set(colors.values()).size).toBe(3);
  });

  test("has a color for a single epsilon", () => {
    expect(epsilonColors([0.1], "light").get(0.1)).toContain("color-mix");
  });
});
