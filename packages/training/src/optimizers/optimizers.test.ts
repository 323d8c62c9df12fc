import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectClose } from "../../test/fixtures/closeTo.ts";
import { installedEngines } from "../../test/fixtures/installedEngines.ts";
import type { Engine } from "../engines/engine.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import type { OptimizerSettings, TrainingSettings } from "../settings/trainingSettings.ts";
import { clipGradients, sumsOfSquares } from "./gradientNorms.ts";
import { learningRateAt } from "./learningRateAt.ts";
import type { MovingParameter } from "./movingParameter.ts";
import { memoryCount, updateParameter } from "./updateParameter.ts";

const sgd = { kind: "sgd", learningRate: 0.2, momentum: 0.5 } as const;
const adam = { kind: "adam", learningRate: 0.1, beta1: 0.9, beta2: 0.99, stability: 1e-8 } as const;

function training(changes: Partial<TrainingSettings>): TrainingSettings {
  return { epochs: 10, batchSize: 1, optimizer: sgd, schedule: "constant", ...changes };
}

describe("learningRateAt", () => {
  const rates = (changes: Partial<TrainingSettings>) =>
    Array.from({ length: 20 }, (_, step) => learningRateAt(training(changes), step, 20));

  test("the constant schedule does not move", () => {
    expect(new Set(rates({}))).toEqual(new Set([0.2]));
  });

  test("the cosine schedule starts at the full rate, is half way in the middle, and never reaches zero", () => {
    const cosine = rates({ schedule: "cosine" });
    expect(cosine[0]).toBe(0.2);
    expect(cosine[10]).toBeCloseTo(0.1, 12);
    expect(cosine[19]).toBeGreaterThan(0);
  });

  test("the step schedule divides by 10 at half and at three quarters of the training", () => {
    const steps = rates({ schedule: "step" });
    expectClose(steps, [...Array(10).fill(0.2), ...Array(5).fill(0.02), ...Array(5).fill(0.002)], 1e-15);
  });

  test("a warm-up rises linearly to the full rate, and the schedule runs over the rest", () => {
    const warm = rates({ schedule: "cosine", warmUpEpochs: 2 });
    expectClose(warm.slice(0, 4), [0.05, 0.1, 0.15, 0.2], 1e-15);
    expect(warm[4]).toBe(0.2);
    expect(warm[12]).toBeCloseTo(0.1, 12);
    expect(rates({ warmUpEpochs: 99 }).at(-1)).toBe(0.2);
  });
});

/** Update rules in float64, one number at a time, as PyTorch's documentation writes them. */
function reference(settings: TrainingSettings, start: number, gradients: readonly number[]): number {
  const { optimizer, weightDecay = 0, l1Penalty = 0 } = settings;
  const rate = optimizer.learningRate;
  let [value, first, second] = [start, 0, 0];
  gradients.forEach((raw, index) => {
    const decoupled = optimizer.kind === "adamw";
    const gradient = raw + (decoupled ? 0 : weightDecay * value) + l1Penalty * Math.sign(value);
    if (decoupled) value -= rate * weightDecay * value;
    if (optimizer.kind === "sgd") {
      first = optimizer.momentum * first + gradient;
      value -= rate * (optimizer.nesterov === true ? gradient + optimizer.momentum * first : first);
      return;
    }
    first = optimizer.beta1 * first + (1 - optimizer.beta1) * gradient;
    second = optimizer.beta2 * second + (1 - optimizer.beta2) * gradient ** 2;
    const corrected = first / (1 - optimizer.beta1 ** (index + 1));
    value -= (rate * corrected) / (Math.sqrt(second / (1 - optimizer.beta2 ** (index + 1))) + optimizer.stability);
  });
  return value;
}

const optimizers: [string, Partial<TrainingSettings>][] = [
  ["plain gradient descent", { optimizer: { ...sgd, momentum: 0 } }],
  ["momentum", { optimizer: sgd }],
  ["Nesterov momentum", { optimizer: { ...sgd, nesterov: true } }],
  ["momentum with L2 and L1", { optimizer: sgd, weightDecay: 0.3, l1Penalty: 0.05 }],
  ["Adam", { optimizer: adam }],
  ["Adam with L2", { optimizer: adam, weightDecay: 0.3 }],
  ["AdamW", { optimizer: { ...adam, kind: "adamw" }, weightDecay: 0.3 }],
  ["AdamW without decay", { optimizer: { ...adam, kind: "adamw" } }],
];

describe.each(installedEngines)("optimisers on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  function trained(settings: TrainingSettings, start: number[], gradients: number[][]): number[] {
    const { tf } = engine;
    const optimizer: OptimizerSettings = settings.optimizer;
    const end = tf.tidy(() => {
      let parameter: MovingParameter = {
        value: tf.tensor1d(start),
        memories: Array.from({ length: memoryCount(optimizer) }, () => tf.zeros([start.length])),
      };
      gradients.forEach((values, index) => {
        const copies = [{ training: settings, learningRate: optimizer.learningRate }];
        parameter = updateParameter(tf, parameter, { copies, count: index + 1, gradient: tf.tensor1d(values) });
      });
      return parameter.value;
    });
    const values = Array.from(end.dataSync());
    end.dispose();
    return values;
  }

  test.each(optimizers)("%s follows its formula over several steps", (_, changes) => {
    const start = [1, -2, 0.5];
    const gradients = [
      [2, 8, -0.1],
      [-1, 0.5, 0.3],
      [0.7, -3, 0.2],
    ];
    const settings = training(changes);
    const expected = start.map((value, index) =>
      reference(
        settings,
        value,
        gradients.map((row) => row[index] as number),
      ),
    );
    expectClose(trained(settings, start, gradients), expected, 2e-6);
  });

  test("clipping shortens each trial's whole gradient to the bound, and leaves shorter ones as they are", () => {
    const { tf } = engine;
    const clipped = tf.tidy(() => {
      // Two copies: norms 13 and 0.5.
      const gradients: Tensor[] = [tf.tensor3d([3, 4, 0.3, 0.4], [2, 2, 1]), tf.tensor2d([12, 0], [2, 1])];
      const squares = sumsOfSquares(tf, gradients);
      return tf.concat([
        tf.sqrt(squares),
        ...clipGradients(tf, gradients, { squares, normMaxima: [1, 1] }).map((gradient) => tf.reshape(gradient, [-1])),
      ]);
    });
    const shortened = [3 / 13, 4 / 13, 0.3, 0.4, 12 / 13, 0];
    expectClose(clipped.dataSync(), [13, 0.5, ...shortened], 1e-6);
    clipped.dispose();
  });

  test("clipping leaves copies without a bound bit for bit as they are, beside others that have one", () => {
    const { tf } = engine;
    const values = [0.1, -0.2, 0.7, 3];
    const clipped = tf.tidy(() => {
      const gradient = tf.tensor2d(values, [2, 2]);
      const squares = sumsOfSquares(tf, [gradient]);
      return clipGradients(tf, [gradient], { squares, normMaxima: [Infinity, 0.5] })[0] as Tensor;
    });
    expect(Array.from(clipped.dataSync().subarray(0, 2))).toEqual(Array.from(Float32Array.from(values.slice(0, 2))));
    expect(Math.hypot(...clipped.dataSync().subarray(2))).toBeCloseTo(0.5, 5);
    clipped.dispose();
  });
});
