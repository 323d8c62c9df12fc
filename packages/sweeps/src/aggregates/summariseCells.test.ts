import type { PlanSummary, TrialMetrics } from "@smoothsweep/contracts";
import { describe, expect, it } from "vitest";
import { type CellTrial, summariseCells } from "./summariseCells.ts";

const plan: PlanSummary = {
  convention: "uniform",
  epsilon: 0.1,
  canonicalEpsilon: 0.1,
  strategy: "none",
  rowSum: 1,
  explanation: "uniform 0.1",
};

function metrics(accuracy: number): TrialMetrics {
  const split = (value: number) => ({ accuracy: value, nll: 1, brier: 2, ece: 3, signedGap: 4, logitNorm: 5 });
  return {
    validation: split(0),
    test: split(accuracy),
    temperature: 6,
    temperatureOptimum: "interior",
    scaledTest: { nll: 7, ece: 8, brier: 9 },
    trainLoss: 10,
    excessLoss: 11,
  };
}

function trial(cellId: string, seed: number, changes: Partial<CellTrial> = {}): CellTrial {
  return {
    trialId: `trl_${cellId}_${seed}`,
    ordinal: seed,
    cellId,
    values: { "smoothing.epsilon": 0.1 },
    plan,
    seed,
    representativeCellId: cellId,
    state: "pending",
    metrics: null,
    isReused: false,
    verdict: null,
    ...changes,
  };
}

const done = (cellId: string, seed: number, accuracy: number) =>
  trial(cellId, seed, { state: "completed", metrics: metrics(accuracy) });

describe("summariseCells", () => {
  it("gives each metric's mean with the 95 % t interval over seeds, as worked out by hand", () => {
    // 0.90, 0.92, 0.94: mean 0.92, sd 0.02; t(0.975, 2) = 4.302652729911275; half = 4.302652729911275 * 0.02 / sqrt(3).
    const [cell] = summariseCells([done("a", 0, 0.9), done("a", 1, 0.92), done("a", 2, 0.94)]);
    const half = 0.049682754;
    expect(cell?.metrics?.accuracy.n).toBe(3);
    expect(cell?.metrics?.accuracy.mean).toBeCloseTo(0.92, 12);
    expect(cell?.metrics?.accuracy.sd).toBeCloseTo(0.02, 12);
    expect(cell?.metrics?.accuracy.low).toBeCloseTo(0.92 - half, 8);
    expect(cell?.metrics?.accuracy.high).toBeCloseTo(0.92 + half, 8);
  });

  it("uses t with one degree of freedom for two seeds", () => {
    // 0.8, 0.9: sd = 0.1 / sqrt(2), standard error 0.05; t(0.975, 1) = 12.706204736.
    const [cell] = summariseCells([done("a", 0, 0.8), done("a", 1, 0.9)]);
    expect(cell?.metrics?.accuracy.high).toBeCloseTo(0.85 + 12.706204736 * 0.05, 8);
  });

  it("gives one seed a mean without a spread", () => {
    const [cell] = summariseCells([done("a", 0, 0.9), trial("a", 1)]);
    expect(cell?.metrics?.accuracy).toEqual({ n: 1, mean: 0.9, sd: null, low: null, high: null });
  });

  it("reads test metrics, never those of validation, and the scaled ones after temperature", () => {
    const [cell] = summariseCells([done("a", 0, 0.9)]);
    const means = Object.fromEntries(Object.entries(cell?.metrics ?? {}).map(([name, { mean }]) => [name, mean]));
    expect(means).toEqual({
      accuracy: 0.9,
      nll: 1,
      brier: 2,
      ece: 3,
      scaledNll: 7,
      scaledEce: 8,
      temperature: 6,
      signedGap: 4,
    });
  });

  it("has no metrics before the first result, and never counts a failed trial as done", () => {
    const [cell] = summariseCells([trial("a", 0, { state: "failed" }), trial("a", 1, { state: "running" })]);
    expect(cell).toMatchObject({ trials: 2, completed: 0, failed: 1, metrics: null, points: [] });
  });

  it("keeps the order of the cells and one point a completed seed", () => {
    const cells = summariseCells([done("b", 0, 0.5), trial("a", 0), done("b", 1, 0.6), done("a", 1, 0.7)]);
    expect(cells.map(({ id, points }) => [id, points.map(({ seed, accuracy }) => [seed, accuracy])])).toEqual([
      [
        "b",
        [
          [0, 0.5],
          [1, 0.6],
        ],
      ],
      ["a", [[1, 0.7]]],
    ]);
  });
});
