import { describe, expect, test } from "vitest";
import { compareWithPeer, isWithinTolerance, type PeerCell } from "./agreement.ts";

// Deviations over seeds: 0.001 in each of two cells, so 0.001 pooled with 4 degrees of freedom.
const cells: PeerCell[] = [
  { epsilon: 0, convention: "uniform", accuracy: [0.969, 0.97, 0.971], ece: [0.009, 0.01, 0.011] },
  { epsilon: 0.1, convention: "uniform", accuracy: [0.979, 0.98, 0.981], ece: [0.109, 0.11, 0.111] },
];
const pointsAt = (epsilon: number, accuracy: number) =>
  [0, 1, 2].map((seed) => ({ epsilon, convention: "uniform", seed, accuracy, ece: epsilon + 0.01 }));

describe("compareWithPeer", () => {
  test("two right implementations differ beyond the tolerance in any comparison in 1 of 1,000 runs", () => {
    const compared = compareWithPeer([...pointsAt(0, 0.97), ...pointsAt(0.1, 0.98)], cells);
    // Of a mean over 3 and one over 3 seeds.
    const standardError = 0.001 * Math.sqrt(1 / 3 + 1 / 3);
    for (const { tolerance } of compared) {
      const t = tolerance / standardError;
      // Student's t with 4 degrees of freedom in closed form.
      const root = Math.sqrt(1 + t ** 2 / 4);
      const tail = 1 / 2 - (3 / 8) * (t / root) * (1 - t ** 2 / (12 * root ** 2));
      expect(2 * tail * compared.length).toBeCloseTo(1e-3, 8);
    }
  });

  test("equal means agree, and a mean beyond the tolerance does not", () => {
    const at = (accuracy: number) => compareWithPeer(pointsAt(0, accuracy), cells).map(isWithinTolerance);
    expect(at(0.97)).toEqual([true, true]);
    expect(at(0.95)).toEqual([false, true]);
  });

  test("a metric that is missing is refused", () => {
    expect(() => compareWithPeer(pointsAt(0, Number.NaN), cells)).toThrow("must be a finite number");
  });

  test("cells without trials are left out", () => {
    expect(compareWithPeer(pointsAt(0.1, 0.98), cells).map(({ epsilon }) => epsilon)).toEqual([0.1, 0.1]);
  });
});
