import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everyInstalledEngine } from "../../../test/fixtures/installedEngines.ts";
import { provideVulkan } from "../../../test/fixtures/softwareVulkan.ts";
import { locateEngine } from "../../installation/locateEngine.ts";
import { selfTest } from "../../selfTest/selfTest.ts";
import type { Engine } from "../engine.ts";
import { readTensor } from "../readTensor.ts";
import { resolveEngine } from "../resolveEngine.ts";
import { type GpuAdapterInfo, provideGpu } from "./dawn.ts";
import { adapterName, isSoftwareAdapter, openDevice } from "./openDevice.ts";

const radeon: GpuAdapterInfo = {
  vendor: "amd",
  architecture: "rdna-3",
  device: "Radeon RX 7900 XTX",
  description: "RADV",
  isFallbackAdapter: false,
};

describe("adapters", () => {
  test("are software when they say so, or by the name of a known program", () => {
    expect(isSoftwareAdapter(radeon)).toBe(false);
    expect(isSoftwareAdapter({ ...radeon, isFallbackAdapter: true })).toBe(true);
    for (const device of ["llvmpipe (LLVM 15.0.6)", "SwiftShader Device", "Microsoft Basic Render Driver"]) {
      expect(isSoftwareAdapter({ ...radeon, device })).toBe(true);
    }
  });

  test("are called by what they tell of themselves", () => {
    expect(adapterName(radeon)).toBe("Radeon RX 7900 XTX (RADV)");
    expect(adapterName({ ...radeon, device: "", description: "" })).toBe("amd rdna-3");
    const silent = { vendor: "", architecture: "", device: "", description: "", isFallbackAdapter: false };
    expect(adapterName(silent)).toBe("unnamed adapter");
  });
});

describe.skipIf(!everyInstalledEngine.includes("webgpu"))("the webgpu engine", () => {
  let engine: Engine;
  beforeAll(async () => {
    provideVulkan();
    engine = await resolveEngine("webgpu");
  });
  afterAll(() => engine.dispose());

  test("serves by name on whatever adapter there is, and passes the self-test", async () => {
    const before = engine.tf.memory().numTensors;
    const { checks } = await selfTest(engine);
    expect(checks.length).toBeGreaterThanOrEqual(13);
    expect(engine.tf.memory().numTensors).toBe(before);
    expect(engine.info).toMatchObject({ name: "webgpu", version: "Dawn 0.6.2" });
    expect(engine.info.device).not.toBe("");
  });

  test("is chosen by auto on real hardware only", async () => {
    const automatic = await resolveEngine("auto");
    if (engine.isSoftware) expect(automatic.info.name).not.toBe("webgpu");
    automatic.dispose();
    await engine.activate();
  });

  test("refuses a software adapter where that will not do", async () => {
    const { packageFolder } = locateEngine("webgpu") as { packageFolder: string };
    const opening = openDevice(await provideGpu(packageFolder), false);
    if (!engine.isSoftware) return (await opening).device.destroy();
    await expect(opening).rejects.toMatchObject({
      code: "engine_unavailable",
      message: expect.stringContaining("is software"),
      fix: expect.stringContaining("--engine webgpu"),
    });
  });

  test("computes where it is told to, not on the CPU when tensors are small", async () => {
    const { tf } = engine;
    const small = tf.tidy(() => tf.add(tf.tensor1d([1, 2]), 1));
    // What was computed on the GPU cannot be read at once.
    expect(() => small.dataSync()).toThrow();
    expect(await readTensor(small)).toEqual(Float32Array.of(2, 3));
  });
});

describe.skipIf(!everyInstalledEngine.includes("webgpu"))("a GPU that reports an error", () => {
  test("hands out no more numbers: WebGPU itself throws nothing and gives zeros", async () => {
    provideVulkan();
    const engine = await resolveEngine("webgpu");
    const { tf } = engine;
    const innocent = tf.tidy(() => tf.add(tf.tensor1d([1, 2]), 1));
    // 2^31 numbers are more than any device binds at once.
    const huge = tf.fill([2 ** 16, 2 ** 15], 1);
    await expect(readTensor(huge)).rejects.toThrow();
    await expect(readTensor(innocent)).rejects.toMatchObject({
      code: "engine_broken",
      message: expect.stringContaining("the GPU reported an error"),
    });
    engine.dispose();
  });
});
