import { describe, expect, test } from "vitest";
import { bytesField, durationMsField, portField, switchField, wholeNumberField } from "./configFields.ts";

describe("fields of a configuration", () => {
  test.each([
    ["250ms", 250],
    ["5s", 5000],
    ["1.5m", 90_000],
    ["2 h", 7_200_000],
    [40, 40],
  ])("the duration %s is %d ms", (text, expected) => {
    expect(durationMsField().parse(text)).toBe(expected);
  });

  test.each(["5", "s", "5 sec", "-1s", "", "1e3s"])("%j is no duration", (text) => {
    expect(durationMsField().safeParse(text).success).toBe(false);
  });

  test.each([
    ["512B", 512],
    ["64MiB", 67_108_864],
    ["1.5GB", 1_500_000_000],
    [7, 7],
  ])("the size %s is %d bytes", (text, expected) => {
    expect(bytesField().parse(text)).toBe(expected);
  });

  test.each(["64", "64M", "0.5B", "-1KiB"])("%j is no size", (text) => {
    expect(bytesField().safeParse(text).success).toBe(false);
  });

  test("ranges are kept", () => {
    expect(durationMsField({ minMs: 1000 }).safeParse("1ms").success).toBe(false);
    expect(bytesField({ max: 10 }).safeParse("11B").success).toBe(false);
    expect(portField().safeParse("65536").success).toBe(false);
    expect(wholeNumberField(1, 4).parse(" 4 ")).toBe(4);
    expect(wholeNumberField(1, 4).safeParse("2.5").success).toBe(false);
  });

  test.each([
    ["yes", true],
    ["ON", true],
    ["0", false],
    [false, false],
  ])("the switch %s is %s", (word, expected) => {
    expect(switchField().parse(word)).toBe(expected);
  });

  test("a word that is neither yes nor no is refused", () => {
    expect(switchField().safeParse("maybe").success).toBe(false);
  });
});
