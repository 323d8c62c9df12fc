import { isAppError, type SpecIssue, type SweepSpecInput } from "@smoothsweep/contracts";
import { describe, expect, it } from "vitest";
import { expandCells } from "../planning/expandCells.ts";
import { parseSweepSpec } from "./parseSweepSpec.ts";

const tokens = { kind: "tokens", length: 8, vocabulary: 50, padding: null, labels: "per-row" } as const;
const catalogue = {
  text: { trainRows: 400, testRows: 100, classCount: 4, inputShape: tokens },
  tiny: { trainRows: 400, testRows: 100, classCount: 4, inputShape: { kind: "vector" as const, features: 4 } },
};

function cellsOf(changes: Partial<SweepSpecInput>) {
  const data = { dataset: "tiny", train: 200, validation: 50, test: 100 };
  return [...expandCells(parseSweepSpec({ name: "axes", data, seeds: [0], ...changes }, catalogue))];
}

function issueOf(changes: Partial<SweepSpecInput>): SpecIssue | undefined {
  try {
    cellsOf(changes);
  } catch (error) {
    if (isAppError(error) && error.code === "invalid_spec") return (error.context["issues"] as SpecIssue[])[0];
    throw error;
  }
  throw new Error("the specification was accepted");
}

describe("axes over settings that are told apart by a kind", () => {
  it("fill in the defaults of each kind and drop what it does not have", () => {
    const cells = cellsOf({
      strategy: { kind: "logit-adjusted", tau: 0.5 },
      axes: { "strategy.kind": ["logit-adjusted", "none", "ldam"], "training.optimizer.kind": ["sgd", "adamw"] },
    });
    expect(cells.map(({ settings }) => settings.strategy)).toEqual(
      [
        { kind: "logit-adjusted", tau: 0.5, when: "training" },
        { kind: "none" },
        { kind: "ldam", maxMargin: 0.5, scale: 30 },
      ].flatMap((strategy) => [strategy, strategy]),
    );
    expect(cells[1]?.settings.training.optimizer).toEqual({
      kind: "adamw",
      learningRate: 0.05,
      beta1: 0.9,
      beta2: 0.999,
      stability: 1e-8,
    });
  });

  it("reach the loss by its kind, and optional settings that the base does not give", () => {
    const cells = cellsOf({ axes: { "training.loss.kind": ["focal"], "training.loss.gamma": [1, 3] } });
    expect(cells.map(({ settings }) => settings.training.loss)).toEqual([
      { kind: "focal", gamma: 1 },
      { kind: "focal", gamma: 3 },
    ]);
    const [decayed] = cellsOf({ axes: { "training.weightDecay": [0.01] } });
    expect(decayed?.settings.training.weightDecay).toBe(0.01);
  });

  it("mix the rows of numbers, and never those of text", () => {
    const axes = { "training.mixup": [0, 0.2] };
    expect(cellsOf({ axes }).map(({ settings }) => settings.training.mixup)).toEqual([0, 0.2]);
    const data = { dataset: "text", train: 200, validation: 50, test: 100 };
    const issue = issueOf({ axes, data, model: { kind: "averaged-embedding" } });
    expect(issue).toMatchObject({ path: 'axes["training.mixup"][1]', code: "invalid_value", value: 0.2 });
  });

  it("leave a specification without the new settings as it was", () => {
    const [cell] = cellsOf({ axes: { "training.optimizer.learningRate": [0.1], "strategy.kind": ["class-prior"] } });
    expect(cell?.settings.training).toEqual({
      epochs: 6,
      batchSize: 128,
      optimizer: { kind: "sgd", learningRate: 0.1, momentum: 0.9 },
      schedule: "cosine",
    });
    expect(cell?.settings.strategy).toEqual({ kind: "class-prior" });
  });

  it("refuse a setting that the base's kind does not have", () => {
    expect(issueOf({ axes: { "strategy.tau": [1] } })).toMatchObject({
      path: 'axes["strategy.tau"]',
      code: "unknown_axis",
    });
    expect(issueOf({ axes: { "training.loss.gamma": [1] } })).toMatchObject({ code: "unknown_axis" });
  });

  it("name what a kind needs and the base does not give", () => {
    expect(issueOf({ axes: { "strategy.kind": ["none", "weighted"] } })).toMatchObject({
      path: "strategy.weights",
      code: "missing_field",
    });
  });

  it("check every value", () => {
    expect(issueOf({ axes: { "training.dropout": [0.5, 1] } })).toMatchObject({
      path: 'axes["training.dropout"][1]',
      code: "out_of_range",
    });
    expect(issueOf({ axes: { "training.schedule": ["linear"] } })).toMatchObject({ code: "invalid_value" });
  });
});

describe("strategies of a specification", () => {
  it.each([
    { kind: "uniform" },
    { kind: "inverse-prior" },
    { kind: "tempered-prior", tau: 0.5 },
    { kind: "smaller-epsilon" },
    { kind: "smaller-epsilon", factor: 0.5 },
    { kind: "label-aware", headEpsilon: 0.3, tailEpsilon: 0, shape: "concave", power: 1 },
    { kind: "weighted", weights: "effective-number", beta: 0.99, form: "per-sample" },
    { kind: "resampled", sampling: "progressive" },
    { kind: "logit-adjusted", tau: 1, when: "post-hoc" },
    { kind: "balanced-softmax" },
    { kind: "online" },
    { kind: "zipf", power: 0.5 },
    { kind: "ldam", maxMargin: 0.5, scale: 30 },
    { kind: "ldam-drw", startEpoch: 3, maxMargin: 0.5, scale: 30, beta: 0.9999 },
  ] as const)("are kept as they are written, with every default: %j", (strategy) => {
    expect(cellsOf({ strategy })[0]?.settings.strategy).toEqual(strategy);
  });

  it("refuse a parameter of another strategy", () => {
    expect(issueOf({ strategy: { kind: "none", tau: 1 } as never })).toMatchObject({ code: "unknown_key" });
  });
});
