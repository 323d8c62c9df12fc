import { AppError, type ModelSpec } from "@smoothsweep/contracts";
import { afterEach, describe, expect, test } from "vitest";
import { blobs } from "../../test/fixtures/blobs.ts";
import { everyInstalledEngine } from "../../test/fixtures/installedEngines.ts";
import { packRequest, recordPack, smoothedTrial } from "../../test/fixtures/packs.ts";
import type { Engine } from "../engines/engine.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { isEngineBroken } from "./isEngineBroken.ts";
import { isOutOfMemory } from "./isOutOfMemory.ts";
import type { PackTrial } from "./packTypes.ts";
import { trainPack } from "./trainPack.ts";

const MEBIBYTE = 2 ** 20;
/** 1.1 million parameters: with momentum and gradients about 15 MiB a trial. */
const model: ModelSpec = { kind: "mlp", hidden: [2048, 512], activation: "relu" };
const data = blobs({ classCount: 5, featureCount: 20, rows: 50 });
const trials = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3].map((epsilon) => smoothedTrial(epsilon));

async function train(engine: Engine, given: readonly PackTrial[]) {
  const notes: string[] = [];
  const recorded = recordPack({ onNote: ({ text }) => notes.push(text) });
  await trainPack(engine, packRequest(given, { model, data }), recorded.hooks);
  return { ...recorded, notes };
}

describe("a pack that does not fit into the memory of wasm", () => {
  let engine: Engine;
  afterEach(() => engine.dispose());

  test("is trained in halves, and every trial has the numbers that it has alone", async () => {
    engine = await resolveEngine("wasm", { memoryBytesMax: 80 * MEBIBYTE });
    const before = engine.tf.memory().numTensors;
    const together = await train(engine, trials);
    // The first half is through before the second begins.
    const reportOf = (trial: PackTrial | undefined, epoch: number) =>
      together.reports.findIndex(({ trialId, report }) => trialId === trial?.trialId && report.epoch === epoch);
    expect(reportOf(trials[0], 3)).toBeLessThan(reportOf(trials[6], 1));
    expect(together.failures).toEqual([]);
    expect(together.notes[0]).toMatch(/^memory ran out with 7 trials in one program/);
    expect(together.outcomes.map(({ trialId }) => trialId)).toEqual(trials.map(({ trialId }) => trialId));
    expect(engine.tf.memory().numTensors).toBe(before);
    for (const trial of [trials[0], trials[6]] as PackTrial[]) {
      const alone = await train(engine, [trial]);
      const metricsOf = ({ outcomes }: typeof alone) =>
        outcomes.find(({ trialId }) => trialId === trial.trialId)?.metrics;
      expect(metricsOf(alone)).toBeDefined();
      expect(metricsOf(together)).toEqual(metricsOf(alone));
    }
  });

  test("fails with the engine's word when not even one trial fits, and leaves no tensor behind", async () => {
    engine = await resolveEngine("wasm", { memoryBytesMax: 12 * MEBIBYTE });
    const before = engine.tf.memory().numTensors;
    await expect(train(engine, trials.slice(0, 2))).rejects.toThrow(/out of memory/);
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});

/** As WebAssembly.RuntimeError of any realm. */
function trap(message: string): Error {
  return Object.assign(new Error(message), { name: "RuntimeError" });
}

describe("isEngineBroken", () => {
  test.each([
    ["a trap of WebAssembly", trap("memory access out of bounds")],
    ["a trap that was wrapped", new Error("training failed", { cause: trap("unreachable") })],
    ["a GPU that reported an error", new AppError("engine_broken", "the GPU reported an error: out of memory")],
  ])("knows %s", (_, error) => {
    expect(isEngineBroken(error)).toBe(true);
  });

  test("takes nothing else for it: a WebAssembly memory that is full was left as it is", () => {
    const full = new RangeError("out of memory: WebAssembly cannot allocate 8 bytes");
    for (const error of [full, new Error("RuntimeError"), new AppError("training_failed", "no"), undefined]) {
      expect(isEngineBroken(error)).toBe(false);
    }
  });
});

describe("isOutOfMemory", () => {
  test.each([
    new Error("OOM when allocating tensor with shape[16,2048,512]"),
    new Error("RESOURCE_EXHAUSTED: failed to allocate memory"),
    new RangeError("Array buffer allocation failed"),
    new RangeError("Invalid typed array length: 9007199254740991"),
    new Error("training failed", { cause: new RangeError("out of memory: WebAssembly cannot allocate 8 bytes") }),
  ])("knows %s", (error) => {
    expect(isOutOfMemory(error)).toBe(true);
  });

  test.skipIf(!everyInstalledEngine.includes("tensorflow"))("knows what TensorFlow really throws", async () => {
    const { tf } = await resolveEngine("tensorflow");
    const before = tf.memory().numTensors;
    // 256 TiB: more than a process can address, whatever the system promises.
    expect(() => tf.tidy(() => tf.fill([2 ** 23, 2 ** 23], 1))).toThrow(expect.toSatisfy(isOutOfMemory));
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([new Error("training was aborted"), new RangeError("Invalid array index"), "out of memory", undefined])(
    "takes nothing else for it: %s",
    (error) => {
      expect(isOutOfMemory(error)).toBe(false);
    },
  );
});
