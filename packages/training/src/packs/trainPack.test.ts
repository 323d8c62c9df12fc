import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packRequest, recordPack, smoothedTrial } from "../../test/fixtures/packs.ts";
import { planOf } from "../../test/fixtures/plans.ts";
import type { Engine } from "../engines/engine.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { decodePredictions } from "../predictions/encodePredictions.ts";
import type { PackRequest } from "./packTypes.ts";
import { trainPack } from "./trainPack.ts";

async function run(engine: Engine, request: PackRequest) {
  const recorded = recordPack();
  await trainPack(engine, request, recorded.hooks);
  return recorded;
}

/** What must not depend on the pack: all but clocks and memory. */
function numbersOf(recorded: Awaited<ReturnType<typeof run>>, trialId: string) {
  const outcome = recorded.outcomes.find((candidate) => candidate.trialId === trialId);
  const reports = recorded.reports
    .filter((entry) => entry.trialId === trialId)
    .map(({ report: { examplesPerSecond: _, ...numbers } }) => numbers);
  return { reports, metrics: outcome?.metrics, predictions: outcome?.predictions };
}

describe.each(["wasm", "cpu"] as const)("trainPack on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  test("learns: the excess loss falls and accuracy is far above chance", async () => {
    const training = { ...packRequest([]).training, epochs: 12 };
    const { reports, outcomes } = await run(engine, packRequest([smoothedTrial(0.1)], { training }));
    expect(reports.map(({ report }) => report.epoch)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(reports[11]?.report.excessLoss).toBeLessThan((reports[0]?.report.excessLoss ?? 0) / 2);
    expect(outcomes[0]?.metrics.test.accuracy).toBeGreaterThan(0.8);
  });

  test.each([
    ["one hidden layer", [16]],
    ["two hidden layers", [12, 9]],
    ["no hidden layer", []],
    ["layers of width one", [1]],
  ])("a trial's numbers are bit for bit the same alone, in a pack of 2 and in a pack of 16: %s", async (_, hidden) => {
    const model = { kind: "mlp" as const, hidden, activation: "relu" as const };
    const others = Array.from({ length: 15 }, (_, index) => smoothedTrial(0.05 * index, `other-${index}`));
    const trial = smoothedTrial(0.1, "subject");
    const alone = numbersOf(await run(engine, packRequest([trial], { model })), "subject");
    const second = numbersOf(await run(engine, packRequest([smoothedTrial(0.4), trial], { model })), "subject");
    const amongMany = [...others.slice(0, 7), trial, ...others.slice(7)];
    const many = numbersOf(await run(engine, packRequest(amongMany, { model })), "subject");
    expect(alone.metrics).toBeDefined();
    expect(second).toEqual(alone);
    expect(many).toEqual(alone);
  });

  test("leaves no tensor behind", async () => {
    const before = engine.tf.memory().numTensors;
    await run(engine, packRequest([smoothedTrial(0), smoothedTrial(0.1)]));
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  test("the seed decides the numbers", async () => {
    const first = await run(engine, packRequest([smoothedTrial(0.1)], { seed: 1 }));
    const other = await run(engine, packRequest([smoothedTrial(0.1)], { seed: 2 }));
    expect(other.outcomes[0]?.metrics).not.toEqual(first.outcomes[0]?.metrics);
  });
});

describe("trainPack", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine("wasm");
  });
  afterAll(() => engine.dispose());

  test("stores the logits of validation and test rows that the metrics came from", async () => {
    const { outcomes } = await run(engine, packRequest([smoothedTrial(0.1)]));
    const [validation, testRows] = outcomes[0]?.predictions ?? [];
    expect(validation).toMatchObject({ split: "validation", rows: 75, classCount: 5, encoding: "f16le+deflate" });
    expect(testRows).toMatchObject({ split: "test", rows: 75 });
    const logits = decodePredictions(testRows as NonNullable<typeof testRows>);
    const labels = packRequest([]).data.test.labels;
    const right = labels.filter((label, row) => {
      const values = logits.subarray(row * 5, row * 5 + 5);
      return values.indexOf(Math.max(...values)) === label;
    });
    expect(right.length / labels.length).toBeCloseTo(outcomes[0]?.metrics.test.accuracy ?? Number.NaN, 2);
  });

  test("stores the logits of training rows where a trial asks for it, and a student takes them for its targets", async () => {
    const { training } = packRequest([]);
    const asked = { ...smoothedTrial(0, "teacher"), training: { ...training, storeTrainLogits: true } };
    const { outcomes } = await run(engine, packRequest([smoothedTrial(0.1), asked]));
    expect(outcomes.map(({ predictions }) => predictions.map(({ split }) => split))).toEqual([
      ["validation", "test"],
      ["train", "validation", "test"],
    ]);
    const [blob] = outcomes[1]?.predictions ?? [];
    const teacherLogits = decodePredictions(blob as NonNullable<typeof blob>);
    const plan = planOf({ kind: "distillation", from: "teacher", temperature: 2, weight: 0.9 });
    const student = await run(engine, packRequest([{ trialId: "student", plan, teacherLogits }]));
    const [first, last] = [student.reports[0], student.reports.at(-1)].map(
      (told) => told?.report.excessLoss ?? Number.NaN,
    );
    expect(last).toBeGreaterThan(0);
    expect(last).toBeLessThan(first as number);
  });

  test("a diverging trial fails alone with its epoch, and the others' numbers do not notice", async () => {
    const healthy = [smoothedTrial(0), smoothedTrial(0.2)] as const;
    const broken = smoothedTrial(0.1, "broken");
    // A weight of 1e30 overflows single precision within the first epoch.
    const diverging = { ...broken, plan: { ...broken.plan, sampleWeight: 1e30 } };
    const before = engine.tf.memory().numTensors;
    const mixed = await run(engine, packRequest([healthy[0], diverging, healthy[1]]));
    expect(mixed.failures).toMatchObject([{ trialId: "broken", epoch: 1, error: { code: "trial_diverged" } }]);
    const clean = await run(engine, packRequest(healthy));
    for (const { trialId } of healthy) expect(numbersOf(mixed, trialId)).toEqual(numbersOf(clean, trialId));
    expect(mixed.outcomes).toHaveLength(2);
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  test("a pack whose trials all diverge ends with a failure for each", async () => {
    const training = {
      ...packRequest([]).training,
      optimizer: { kind: "sgd" as const, learningRate: 1e3, momentum: 0.99 },
    };
    const { failures, outcomes } = await run(
      engine,
      packRequest([smoothedTrial(0), smoothedTrial(0.1)], { training: { ...training, epochs: 30 } }),
    );
    expect(failures.map(({ trialId }) => trialId).sort()).toEqual(["epsilon-0", "epsilon-0.1"]);
    expect(outcomes).toEqual([]);
  });

  test("an abort ends the pack within a batch and frees its tensors", async () => {
    const controller = new AbortController();
    const before = engine.tf.memory().numTensors;
    const recorded = recordPack({ signal: controller.signal, onEpoch: () => controller.abort() });
    const training = { ...packRequest([]).training, epochs: 1000 };
    const request = packRequest([smoothedTrial(0.1)], { training });
    await expect(trainPack(engine, request, recorded.hooks)).rejects.toMatchObject({ code: "aborted" });
    expect(recorded.outcomes).toEqual([]);
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  test("yields to the event loop, so that an abort from outside arrives", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1);
    const training = { ...packRequest([]).training, epochs: 10_000 };
    const recorded = recordPack({ signal: controller.signal });
    const pack = trainPack(engine, packRequest([smoothedTrial(0.1)], { training }), recorded.hooks);
    await expect(pack).rejects.toMatchObject({ code: "aborted" });
  });

  test("refuses data that do not fit together", async () => {
    const request = packRequest([smoothedTrial(0.1)]);
    const short = { ...request.data, train: { ...request.data.train, inputs: new Float32Array(3) } };
    await expect(run(engine, { ...request, data: short })).rejects.toMatchObject({ code: "training_failed" });
  });
});
