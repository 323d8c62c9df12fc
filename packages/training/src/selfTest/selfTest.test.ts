import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installedEngines } from "../../test/fixtures/installedEngines.ts";
import type { Engine } from "../engines/engine.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { selfTest } from "./selfTest.ts";

describe.each(installedEngines)("selfTest on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  /** Runs with one kernel replaced, and puts the right one back. */
  async function withKernel(kernelName: string, broken: KernelConfig["kernelFunc"], run: () => Promise<void>) {
    const { tf } = engine;
    const right = tf.getKernel(kernelName, name);
    tf.unregisterKernel(kernelName, name);
    tf.registerKernel({ ...right, kernelFunc: broken });
    try {
      await run();
    } finally {
      tf.unregisterKernel(kernelName, name);
      tf.registerKernel(right);
    }
  }

  test("passes in under a second and leaves no tensor behind", async () => {
    const before = engine.tf.memory().numTensors;
    const { checks, seconds } = await selfTest(engine);
    expect(checks.length).toBeGreaterThanOrEqual(14);
    expect(seconds).toBeLessThan(1);
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  test("refuses an engine whose transposed products are those of untransposed operands", async () => {
    const right = engine.tf.getKernel("BatchMatMul", name).kernelFunc;
    const ignoringTransposition: KernelConfig["kernelFunc"] = (call) => {
      const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
      if (call.attrs?.["transposeB"] !== true || call.attrs["transposeA"] === true) return right(call);
      // Kernels are given matrices and stacks of them.
      const misread = { ...b, shape: [...b.shape.slice(0, -2), b.shape.at(-1) as number, b.shape.at(-2) as number] };
      return right({ ...call, inputs: { a, b: misread }, attrs: { ...call.attrs, transposeB: false } });
    };
    await withKernel("BatchMatMul", ignoringTransposition, () =>
      expect(selfTest(engine)).rejects.toMatchObject({ code: "engine_self_test_failed" }),
    );
  });

  test("refuses an engine whose exponential is a little wrong", async () => {
    const right = engine.tf.getKernel("Exp", name).kernelFunc;
    const multiply = engine.tf.getKernel("Multiply", name).kernelFunc;
    // exp(x)^2 instead of exp(x): a softmax at half the temperature.
    const squared: KernelConfig["kernelFunc"] = (call) => {
      const exponential = right(call) as TensorInfo;
      return multiply({ inputs: { a: exponential, b: exponential }, backend: call.backend, attrs: {} });
    };
    await withKernel("Exp", squared, () =>
      expect(selfTest(engine)).rejects.toMatchObject({ code: "engine_self_test_failed" }),
    );
  });

  test("refuses an engine that cannot do an operation at all", async () => {
    const missing: KernelConfig["kernelFunc"] = () => {
      throw new Error("not supported on this device");
    };
    await withKernel("Relu", missing, () =>
      expect(selfTest(engine)).rejects.toMatchObject({ code: "engine_self_test_failed" }),
    );
  });

  test("refuses an engine that answers with NaN", async () => {
    const { tf } = engine;
    const right = tf.getKernel("Relu", name).kernelFunc;
    const realDivide = tf.getKernel("RealDiv", name).kernelFunc;
    const notANumber: KernelConfig["kernelFunc"] = (call) => {
      const positive = right(call) as TensorInfo;
      const nothing = tf.getKernel("Sub", name).kernelFunc({
        inputs: { a: positive, b: positive },
        backend: call.backend,
        attrs: {},
      }) as TensorInfo;
      return realDivide({ inputs: { a: nothing, b: nothing }, backend: call.backend, attrs: {} });
    };
    await withKernel("Relu", notANumber, () =>
      expect(selfTest(engine)).rejects.toMatchObject({ code: "engine_self_test_failed" }),
    );
  });
});
