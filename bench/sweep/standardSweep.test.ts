import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSweepSpec, planSweep } from "@smoothsweep/sweeps";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
const definition = JSON.parse(read("bench/peers/standard_sweep.json"));
const inputShape = { kind: "vector", features: 784 } as const;
const catalogue = { mnist: { trainRows: 60_000, testRows: 10_000, classCount: 10, inputShape } };
const spec = parseSweepSpec(parse(read("studies/standard-sweep.yaml")), catalogue);

function plan() {
  let count = 0;
  const trainClassCounts: number[] = definition.split.train_class_counts;
  const snapshot = { id: "sha256:mnist", classCount: 10, featureCount: 784, trainClassCounts };
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  return planSweep(spec, snapshot, { hash, newId: (prefix) => `${prefix}_${++count}` });
}

describe("studies/standard-sweep.yaml", () => {
  test("is the work that the peers do: data, split, model and recipe", () => {
    const { split, training, model } = definition;
    expect(spec.data).toEqual({
      dataset: "mnist",
      train: split.train,
      validation: split.validation,
      test: split.test,
      splitSeed: split.seed,
    });
    expect(spec.model).toEqual({ kind: "mlp", hidden: [model.layers[1]], activation: model.activation });
    expect(spec.training).toEqual({
      epochs: training.epochs,
      batchSize: training.batch,
      optimizer: {
        kind: training.optimiser,
        learningRate: training.lr,
        momentum: training.momentum,
        nesterov: training.nesterov,
      },
      schedule: "cosine",
    });
  });

  test("has the peers' axes and seeds", () => {
    const { axes } = definition;
    // The peers call the mixing by its prior.
    const strategies = axes.strategy.map((name: string) => (name === "uniform-prior" ? "uniform" : name));
    expect(spec.axes).toEqual({
      "smoothing.epsilon": axes.epsilon,
      "smoothing.convention": axes.convention,
      "strategy.kind": strategies,
    });
    expect(spec.seeds).toEqual(axes.seed);
  });

  test("asks for 72 trials, of which 63 are distinct, 21 for every seed", () => {
    const { trials, distinct } = plan();
    expect(trials).toHaveLength(definition.trials);
    expect(distinct).toBe(definition.distinct_trials);
    const trained = trials.filter(({ representativeId }) => representativeId === null);
    for (const seed of spec.seeds) expect(trained.filter((trial) => trial.seed === seed)).toHaveLength(21);
    expect(new Set(trained.map(({ groupId }) => groupId)).size).toBe(3);
  });
});
