import { beforeAll, describe, expect, test } from "vitest";
import { installedEngines } from "../../../test/fixtures/installedEngines.ts";
import { reluGradient } from "../../models/reluGradient.ts";
import { momentumStep } from "../../optimizers/momentumSgd.ts";
import type { Engine } from "../engine.ts";
import { MOMENTUM_STEP, RELU_GRADIENT } from "../fusedKernels.ts";
import { resolveEngine } from "../resolveEngine.ts";

describe.runIf(installedEngines.includes("tensorflow"))("tensorflow kernels", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine("tensorflow");
  });

  const settings = { learningRate: 0.5, momentum: 0.5 };

  test("a step of momentum is one kernel, and leaves its results, its gradient and nothing else", () => {
    const { tf } = engine;
    expect(tf.getKernel(MOMENTUM_STEP, "tensorflow")).toBeDefined();
    const before = tf.memory().numTensors;
    const parameter = { value: tf.tensor2d([[1, 2]]), memories: [tf.tensor2d([[4, 8]])] };
    const gradient = tf.tensor2d([[1, 1]]);
    const next = momentumStep(tf, parameter, { ...settings, gradient });
    tf.dispose([parameter.value, ...parameter.memories]);
    expect(Array.from(next.memories[0]?.dataSync() ?? [])).toEqual([3, 5]);
    expect(Array.from(next.value.dataSync())).toEqual([-0.5, -0.5]);
    expect(Array.from(gradient.dataSync())).toEqual([1, 1]);
    tf.dispose([next.value, ...next.memories, gradient]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(["a clone", "a reshaped view"])(
    "%s of a parameter keeps its numbers when the parameter moves on",
    (kind) => {
      const { tf } = engine;
      const value = tf.tensor1d([1, 2, 3, 4]);
      const memories = [tf.zeros([4])];
      const kept = kind === "a clone" ? tf.clone(value) : tf.reshape(value, [2, 2]);
      const gradient = tf.ones([4]);
      const next = momentumStep(tf, { value, memories }, { ...settings, gradient });
      expect(Array.from(kept.dataSync())).toEqual([1, 2, 3, 4]);
      expect(Array.from(next.value.dataSync())).toEqual([0.5, 1.5, 2.5, 3.5]);
      tf.dispose([value, ...memories, kept, gradient, next.value, ...next.memories]);
    },
  );

  test("parameters of any shape take their turns", () => {
    const { tf } = engine;
    for (const shape of [[3, 2], [1], [2, 2, 2], [3, 2]]) {
      const parameter = { value: tf.ones(shape), memories: [tf.zeros(shape)] };
      const gradient = tf.ones(shape);
      const next = momentumStep(tf, parameter, { ...settings, gradient });
      expect(next.value.shape).toEqual(shape);
      expect(new Set(next.value.dataSync())).toEqual(new Set([0.5]));
      tf.dispose([parameter.value, ...parameter.memories, gradient, next.value, ...next.memories]);
    }
  });

  test("relu's gradient is one kernel, and passes where the outputs are above 0", () => {
    const { tf } = engine;
    expect(tf.getKernel(RELU_GRADIENT, "tensorflow")).toBeDefined();
    const outputs = tf.tensor2d([[0, 1e-30, 2]]);
    const gradient = tf.tensor2d([[5, -6, 7]]);
    const passed = reluGradient(tf, gradient, outputs);
    expect(Array.from(passed.dataSync())).toEqual([0, -6, 7]);
    tf.dispose([outputs, gradient, passed]);
  });

  test("a step of momentum takes the numbers it is given, also when they change and come back", () => {
    const { tf } = engine;
    const moved = [0.5, 0.25, 0.5].map((learningRate) => {
      const parameter = { value: tf.tensor1d([1]), memories: [tf.tensor1d([1])] };
      const gradient = tf.tensor1d([1]);
      const next = momentumStep(tf, parameter, { learningRate, momentum: learningRate, gradient });
      const values = [...next.value.dataSync(), ...(next.memories[0]?.dataSync() ?? [])];
      tf.dispose([parameter.value, ...parameter.memories, gradient, next.value, ...next.memories]);
      return values;
    });
    expect(moved).toEqual([
      [0.25, 1.5],
      [0.6875, 1.25],
      [0.25, 1.5],
    ]);
  });

  test("step is 1 above 0, else 0 or the slope asked for; NaN stays", () => {
    const { tf } = engine;
    const values = tf.tensor1d([-2, -0, 0, 1e-30, 3, Number.NaN, Infinity, -Infinity]);
    expect(Array.from(tf.step(values).dataSync())).toEqual([0, 0, 0, 1, 1, Number.NaN, 1, 0]);
    expect(Array.from(tf.step(values, -0.5).dataSync())).toEqual([-0.5, -0.5, -0.5, 1, 1, Number.NaN, 1, -0.5]);
    values.dispose();
  });
});
