import { describe, expect, it } from "vitest";
import { parseSweepSpec } from "../spec/parseSweepSpec.ts";
import { expandCells } from "./expandCells.ts";

const catalogue = {
  tiny: { trainRows: 400, testRows: 100, classCount: 4, inputShape: { kind: "vector" as const, features: 4 } },
};
const spec = (axes: Record<string, (string | number)[]>) =>
  parseSweepSpec(
    {
      name: "cells",
      data: { dataset: "tiny", train: 200, validation: 50, test: 100 },
      axes,
      seeds: [0, 1, 2],
    },
    catalogue,
  );

describe("expandCells", () => {
  it("gives a sweep without axes one cell with the base settings", () => {
    const { smoothing, strategy, training } = spec({});
    expect([...expandCells(spec({}))]).toEqual([{ values: {}, settings: { smoothing, strategy, training } }]);
  });

  it("is the product of the axes in the user's order, the last one running fastest, whatever the seeds", () => {
    const cells = [...expandCells(spec({ "training.epochs": [1, 2], "smoothing.epsilon": [0.3, 0.1, 0.2] }))];
    expect(cells.map(({ values }) => Object.values(values))).toEqual([
      [1, 0.3],
      [1, 0.1],
      [1, 0.2],
      [2, 0.3],
      [2, 0.1],
      [2, 0.2],
    ]);
    expect(Object.keys(cells[0]!.values)).toEqual(["training.epochs", "smoothing.epsilon"]);
  });

  it("puts each value where its path points and leaves all else as it was", () => {
    const [first, second] = expandCells(spec({ "training.optimizer.learningRate": [0.5, 0.25] }));
    expect([first, second].map((cell) => cell?.settings.training.optimizer)).toEqual([
      { kind: "sgd", learningRate: 0.5, momentum: 0.9 },
      { kind: "sgd", learningRate: 0.25, momentum: 0.9 },
    ]);
    expect(first?.settings.smoothing).toEqual({ convention: "uniform", epsilon: 0.1 });
  });

  it("lets no cell change another or the specification", () => {
    const given = spec({ "training.optimizer.momentum": [0, 0.5] });
    const cells = [...expandCells(given)];
    cells[0]!.settings.training.optimizer.learningRate = 99;
    expect(cells[1]!.settings.training.optimizer.learningRate).toBe(0.05);
    expect(given.training.optimizer.learningRate).toBe(0.05);
  });
});
