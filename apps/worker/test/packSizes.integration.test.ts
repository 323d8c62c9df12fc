import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SweepSpec, TrainPackRequest } from "@smoothsweep/contracts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { keepPackSizes } from "../src/packs/packSizes.ts";
import { startTrainingProcess, type TrainingProcess } from "../src/supervision/trainingProcess.ts";
import { wasmChild } from "./builtChild.ts";
import { planBlobs } from "./startTestStack.ts";

describe("pack sizes that a machine has measured", () => {
  let training: TrainingProcess;
  let spec: SweepSpec;
  let request: TrainPackRequest;
  let folder: string;
  let file: string;
  beforeAll(async () => {
    training = await startTrainingProcess(wasmChild());
    const axes = { "smoothing.epsilon": [0, 0.1, 0.2, 0.3] };
    const sweep = await planBlobs({ axes, seeds: [0] });
    spec = sweep.spec;
    request = {
      kind: "train",
      packId: "pack",
      data: spec.data,
      snapshotId: sweep.snapshot.id,
      model: spec.model,
      seed: 0,
      trials: sweep.trials.map(({ id, cell }) => ({ trialId: id, plan: cell.plan, training: spec.training })),
    };
  });
  afterAll(() => training.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "smoothsweep-sizes-"));
    file = join(folder, "cache", "pack-sizes.json");
  });
  afterEach(() => rm(folder, { recursive: true }));

  const train = (size: number) =>
    keepPackSizes(file)
      .measuring(training, spec, size)
      .train(request, () => {}, { signal: new AbortController().signal });

  it("begin with the engine's own, and go on from what a whole pack has shown, also for another worker", async () => {
    expect(training.packCapacity).toBe(4);
    expect(await keepPackSizes(file).next(training, spec)).toBe(4);
    await train(4);
    expect(await keepPackSizes(file).next(training, spec)).toBe(8);
    const [samples] = Object.values(JSON.parse(await readFile(file, "utf8")));
    expect(samples).toEqual({ 4: [{ rate: expect.any(Number), memoryBytes: expect.any(Number) }] });
  });

  it("are told apart by model and batch", async () => {
    await train(4);
    const other = { ...spec, model: { kind: "mlp", hidden: [512], activation: "relu" } } as const;
    expect(await keepPackSizes(file).next(training, other as unknown as SweepSpec)).toBe(4);
    const batches = { ...spec, training: { ...spec.training, batchSize: 7 } };
    expect(await keepPackSizes(file).next(training, batches)).toBe(4);
  });

  it("are not learnt from a pack that had half of the trials that were asked for, or fewer", async () => {
    await train(8);
    expect(await keepPackSizes(file).next(training, spec)).toBe(4);
  });

  it("are no reason for a pack to fail when they cannot be written", async () => {
    await mkdir(file, { recursive: true });
    await expect(train(4)).resolves.toBeUndefined();
    expect(await keepPackSizes(file).next(training, spec)).toBe(4);
  });

  it("are measured again when their file is not readable", async () => {
    await train(4);
    await writeFile(file, "{ not json");
    expect(await keepPackSizes(file).next(training, spec)).toBe(4);
    await train(4);
    expect(await keepPackSizes(file).next(training, spec)).toBe(8);
  });
});
