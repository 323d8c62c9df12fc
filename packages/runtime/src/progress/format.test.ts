import { expect, test } from "vitest";
import { formatBytes } from "./formatBytes.ts";
import { formatDuration } from "./formatDuration.ts";

test.each([
  [0, "0ms"],
  [850.4, "850ms"],
  [999.7, "1.0s"],
  [4200, "4.2s"],
  [9960, "10s"],
  [59_600, "1m 00s"],
  [185_000, "3m 05s"],
  [3_599_600, "1h 00m"],
  [7_620_000, "2h 07m"],
  [273_600_000, "3d 04h"],
  [Number.POSITIVE_INFINITY, "?"],
])("%d ms reads %s", (durationMs, expected) => {
  expect(formatDuration(durationMs)).toBe(expected);
});

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1.0 KiB"],
  [11_496_804, "11.0 MiB"],
  [1_048_575, "1.0 MiB"],
  [2 ** 50, "1024.0 TiB"],
])("%d bytes read %s", (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});
