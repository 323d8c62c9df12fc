import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PredictionBlob, SweepEvent, SweepSpecInput, TrialMetrics } from "@smoothsweep/contracts";
import { createPredictionStore } from "@smoothsweep/database";
import { loadSnapshot } from "@smoothsweep/datasets";
import { checkTeachers, type PlannedTrial, type PredictionStore } from "@smoothsweep/sweeps";
import { decodePredictions, resolveEngine, trainPack } from "@smoothsweep/training";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planBlobs, startTestStack, type TestStack } from "./startTestStack.ts";

const isEnd = ({ type }: SweepEvent) => type === "sweep.ended";
const single: Partial<SweepSpecInput> = { axes: {}, seeds: [0] };

/** A sweep of one trial that is distilled from another one. */
function studentOf(from: string): Partial<SweepSpecInput> {
  return { ...single, strategy: { kind: "distillation", from, temperature: 2, weight: 0.7 } };
}

describe("distillation from a stored trial", () => {
  let stack: TestStack;
  let predictions: PredictionStore;
  let teacher: PlannedTrial;
  let forgetful: PlannedTrial;
  beforeAll(async () => {
    stack = await startTestStack();
    predictions = createPredictionStore(stack.database);
    await stack.startWorker();
    const training = { epochs: 2, batchSize: 50 };
    const axes = { "smoothing.convention": ["uniform", "off-target"] };
    const teachers = await stack.submit({
      axes,
      seeds: [0],
      smoothing: { epsilon: 0 },
      training: { ...training, storeTrainLogits: true },
    });
    const others = await stack.submit(single);
    for (const { id } of [teachers, others]) await stack.waitFor(id, isEnd);
    // An equivalent trial: what it has is its representative's.
    teacher = teachers.trials[1] as PlannedTrial;
    forgetful = others.trials[0] as PlannedTrial;
  });
  afterAll(() => stack.close());

  it("keeps the logits of training rows where they were asked for, and nowhere else", async () => {
    expect(teacher.representativeId).not.toBeNull();
    expect((await predictions.describe(teacher.id, "train"))?.size).toEqual({ rows: 2000, classCount: 10 });
    expect((await predictions.describe(forgetful.id, "train"))?.size).toBeNull();
    expect((await predictions.describe(forgetful.id, "test"))?.size).toEqual({ rows: 150, classCount: 10 });
    expect(await predictions.describe("trl_none", "train")).toBeNull();
    expect(await predictions.read("trl_none", "train")).toBeNull();
  });

  it("trains a student on the teacher's stored logits: exactly what training gives with them at hand", async () => {
    const sweep = await stack.submit(studentOf(teacher.id));
    await checkTeachers(sweep, predictions);
    const { state } = await stack.waitFor(sweep.id, isEnd);
    expect(state).toBe("completed");
    const student = sweep.trials[0] as PlannedTrial;
    const { metrics } = await stack.store.getTrial(student.id);

    const data = await loadSnapshot(sweep.spec.data, { cacheDirectory: join(tmpdir(), "smoothsweep-worker-test") });
    const stored = (await predictions.read(teacher.id, "train")) as PredictionBlob;
    const engine = await resolveEngine("wasm");
    const told: TrialMetrics[] = [];
    const { plan } = student.cell;
    const trial = { trialId: student.id, plan, teacherLogits: decodePredictions(stored) };
    const request = { model: sweep.spec.model, training: sweep.spec.training, seed: 0, trials: [trial], data };
    await trainPack(engine, request, {
      onEpoch: () => {},
      onResult: (outcome) => told.push(outcome.metrics),
      onFailure: (_, error) => {
        throw error;
      },
      onProgress: () => {},
      signal: new AbortController().signal,
    });
    engine.dispose();
    expect(metrics).toEqual(told[0]);
  });

  it.each([
    ["no trial of this id", () => studentOf("trl_none"), /there is none of this id/],
    ["a trial without logits of training rows", () => studentOf(forgetful.id), /storeTrainLogits/],
    [
      "a trial on other rows",
      () => ({ ...studentOf(teacher.id), data: { ...rows, splitSeed: 1 } }),
      /same training rows, .* trained on/,
    ],
  ])("refuses %s before anything is stored, and names it", async (_, changes, reason) => {
    const sweep = await planBlobs(changes());
    const issue = { path: "strategy.from", code: "invalid_value", message: expect.stringMatching(reason) };
    await expect(checkTeachers(sweep, predictions)).rejects.toMatchObject({
      code: "invalid_spec",
      context: { issues: [expect.objectContaining(issue)] },
    });
  });

  it("extends a distilled sweep while its teacher's logits are there, and trains what was added", async () => {
    const sweep = await stack.submit({ ...studentOf(teacher.id), name: "extended", seeds: [2] });
    const more = (seed: number) => stack.control.extend(sweep.id, { seeds: [seed], axes: {} });
    expect(await more(3)).toMatchObject({ added: 1 });
    const { counts } = await stack.waitFor(sweep.id, isEnd);
    expect(counts).toMatchObject({ asked: 2, completed: 2 });
    const other = { seeds: [], axes: { "strategy.kind": ["none"] } };
    await expect(stack.control.extend(sweep.id, other)).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("fails the student's attempt with the reason when the teacher's logits are gone by the time it trains", async () => {
    const [stored] = await stack.rows<{ trial_id: string }>(
      "DELETE FROM prediction WHERE split = 'train' RETURNING trial_id",
    );
    expect(stored?.trial_id).toBe(teacher.representativeId);
    const sweep = await stack.submit({ ...studentOf(teacher.id), seeds: [1] });
    await stack.waitFor(sweep.id, ({ type }) => type === "trials.returned" || type === "trial.failed");
    const [attempt] = await stack.rows<{ code: string; message: string }>(
      "SELECT code, message FROM attempt WHERE trial_id = $1 ORDER BY token",
      sweep.trials[0]?.id,
    );
    expect(attempt).toMatchObject({ code: "training_failed", message: expect.stringMatching(/teacher, are gone/) });
    const again = stack.control.extend(sweep.id, { seeds: [4], axes: {} });
    const issue = { path: "strategy.from", message: expect.stringMatching(/storeTrainLogits/), value: teacher.id };
    await expect(again).rejects.toMatchObject({
      code: "invalid_spec",
      context: { issues: [expect.objectContaining(issue)] },
    });
  });
});

const rows = { dataset: "synthetic-blobs", train: 2000, validation: 100, test: 150 };
