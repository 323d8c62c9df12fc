import { describe, expect, test } from "vitest";
import { readExtension } from "./readExtension.ts";

describe("readExtension", () => {
  test("reads seeds, and values as numbers, booleans or texts", () => {
    const axes = [
      ["smoothing.epsilon", "0.3, 1e-2"],
      ["strategy.kind", "class-prior"],
      ["training.optimizer.nesterov", "true,false"],
    ] as const;
    expect(readExtension({ seeds: " 5,6 ,", axes })).toEqual({
      seeds: [5, 6],
      axes: {
        "smoothing.epsilon": [0.3, 0.01],
        "strategy.kind": ["class-prior"],
        "training.optimizer.nesterov": [true, false],
      },
    });
  });

  test("keeps the values of an axis that is named twice, and leaves out one without values", () => {
    const axes = [
      ["smoothing.epsilon", "0.3"],
      ["smoothing.epsilon", "0.4"],
      ["strategy.kind", " , "],
    ] as const;
    expect(readExtension({ seeds: "", axes })).toEqual({ seeds: [], axes: { "smoothing.epsilon": [0.3, 0.4] } });
  });

  test.each(["x", "1.5", "-1", "1e3", "4294967296"])("refuses %s as a seed, and says what a seed is", (seeds) => {
    const message = `\`seeds\` must be whole numbers in [0, 4294967295], with commas between them, got "${seeds}"`;
    expect(() => readExtension({ seeds, axes: [] })).toThrow(
      expect.objectContaining({ code: "invalid_request", message }),
    );
  });
});
