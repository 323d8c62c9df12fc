import {
  onlineMixing,
  smoothedRow,
  softCrossEntropy,
  type TargetPlan,
  targetRow,
  teacherDistribution,
  zipfDistribution,
} from "@smoothsweep/smoothing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectRelative } from "../../test/fixtures/closeTo.ts";
import { type GoldenCase, goldenCases, goldenDivisor } from "../../test/fixtures/goldenCases.ts";
import { everyInstalledEngine } from "../../test/fixtures/installedEngines.ts";
import { planOf } from "../../test/fixtures/plans.ts";
import { provideVulkan } from "../../test/fixtures/softwareVulkan.ts";
import type { Engine } from "../engines/engine.ts";
import { readTensor } from "../engines/readTensor.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { uniformValues } from "../randomness/uniformValues.ts";
import { createTargetTimeline, type EpochTargets } from "../targets/targetTimeline.ts";
import type { BatchMixing } from "./batchMixing.ts";
import { createLossBatch } from "./lossBatch.ts";
import { lossOfBatch } from "./lossOfBatch.ts";

/** Single precision against float64, relative to the largest entry. */
const TOLERANCE = 1e-5;
const loss = { kind: "cross-entropy" } as const;
const EPSILON = 0.4;
const labels = [0, 1, 2, 3, 4, 0, 2, 4];

function randomRows(name: string, rows: number, classCount: number): number[][] {
  const values = Array.from(uniformValues(randomStream(8, name), rows * classCount, 3));
  return Array.from({ length: rows }, (_, row) => values.slice(row * classCount, (row + 1) * classCount));
}

function smoothed(strategy: Parameters<typeof planOf>[0], classCount = 5): TargetPlan {
  return planOf(strategy, { convention: "uniform", epsilon: EPSILON }, { classCount });
}

/** H(q) of rows that sum to 1. */
function entropiesOf(rows: readonly ArrayLike<number>[]): number[] {
  return rows.map((row) => Array.from(row).reduce((sum, mass) => (mass > 0 ? sum - mass * Math.log(mass) : sum), 0));
}

/** A golden case's rows as PyTorch smooths them, where a softmax can give such rows. */
function goldenRows({ targetProbabilities, labelSmoothing }: GoldenCase): number[][] {
  return targetProbabilities.map((row) => row.map((mass) => mass * (1 - labelSmoothing) + labelSmoothing / row.length));
}

const teachable = goldenCases("crossEntropyProbability").filter(
  (golden) =>
    typeof golden.logits[0]?.[0] === "number" &&
    golden.classWeights === null &&
    goldenRows(golden).every(
      (row) => row.every((mass) => mass > 0) && Math.abs(row.reduce((a, b) => a + b) - 1) < 1e-9,
    ),
);

describe.each(everyInstalledEngine)("targets that are made while training, on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    provideVulkan();
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  /** Losses and entropies by row and the gradient of their mean, of the second of two copies that see other logits. */
  async function compute(
    view: EpochTargets,
    logits: number[][],
    options: { labels: readonly number[]; mixing?: BatchMixing },
  ) {
    const { tf } = engine;
    const classCount = logits[0]?.length ?? 0;
    // Written out whatever the number of classes: both forms cannot share a batch.
    const other = createTargetTimeline(planOf({ kind: "online" }, undefined, { classCount }), { loss }).at(1);
    const examples = {
      labels: Int32Array.from(options.labels),
      rows: Uint32Array.from(options.labels, (_, row) => row),
    };
    const batch = createLossBatch([other, view], examples, { loss, classCount, mixing: options.mixing ?? null });
    const before = tf.memory().numTensors;
    const told = tf.tidy(() => {
      const seen = tf.tensor3d([logits.map((row) => row.toReversed()), logits]);
      const { losses, gradient, entropies } = lossOfBatch(tf, seen, { batch, losses: [loss] });
      const own = [losses, gradient, ...(entropies ? [entropies] : [])].map((tensor) => tf.unstack(tensor)[1]);
      return own.map((tensor) => tf.clone(tensor as NonNullable<typeof tensor>));
    });
    const [losses, gradient, entropies] = (await Promise.all(told.map(readTensor))).map((values) => Array.from(values));
    expect(tf.memory().numTensors).toBe(before);
    return { losses: losses as number[], gradient: gradient as number[], entropies };
  }

  function expectReference(
    { losses, gradient }: { losses: number[]; gradient: number[] },
    logits: number[][],
    rows: readonly ArrayLike<number>[],
  ) {
    const expected = logits.map((row, index) => softCrossEntropy(row, rows[index] as ArrayLike<number>));
    expectRelative(
      losses,
      expected.map((row) => row.loss),
      TOLERANCE,
    );
    expectRelative(
      gradient,
      expected.flatMap((row) => Array.from(row.gradient, (slope) => slope / expected.length)),
      TOLERANCE,
    );
  }

  test.each(teachable.map((golden) => [golden.id, golden] as const))(
    "a teacher's predictions give PyTorch's loss and gradient within 1e-5: %s",
    async (_, golden) => {
      const rows = goldenRows(golden);
      const classCount = rows[0]?.length ?? 0;
      const plan = planOf({ kind: "distillation", from: "trl_1", weight: 1 }, undefined, { classCount });
      const teacherLogits = Float32Array.from(rows.flat(), Math.log);
      const view = createTargetTimeline(plan, { loss, teacherLogits }).at(1);
      const told = await compute(view, golden.logits, { labels: rows.map(() => 0) });
      const divisor = goldenDivisor(golden);
      const total = told.losses.reduce((sum, value) => sum + value, 0) / divisor;
      expectRelative(golden.reduction === "none" ? told.losses : [total], [golden.loss].flat(), TOLERANCE);
      const scale = rows.length / divisor;
      expectRelative(
        told.gradient.map((value) => value * scale),
        golden.gradient.flat(),
        TOLERANCE,
      );
    },
  );

  test("a teacher at a temperature, with a share of the label, is the float64 loss within 1e-5", async () => {
    const teacher = randomRows("teacher", labels.length, 5);
    const plan = planOf({ kind: "distillation", from: "trl_1", weight: 0.7, temperature: 3 });
    const logits = randomRows("logits", labels.length, 5);
    const view = createTargetTimeline(plan, { loss, teacherLogits: Float32Array.from(teacher.flat()) }).at(1);
    const rows = teacher.map((row, index) =>
      smoothedRow(teacherDistribution(row.map(Math.fround), 3), { trueClass: labels[index] as number, epsilon: 0.7 }),
    );
    expectReference(await compute(view, logits, { labels }), logits, rows);
  });

  test("online smoothing is the float64 loss against the predictions of the epoch before within 1e-5", async () => {
    const seen = randomRows("seen", labels.length, 5);
    // Class 3 is never predicted: it stays uniform.
    const timeline = createTargetTimeline(smoothed({ kind: "online" }), { loss });
    timeline.at(1);
    timeline.observe?.(Int32Array.from(labels), Float32Array.from(seen.flat()));
    const averages = onlineMixing(5);
    seen.forEach((row, index) => {
      averages.add(labels[index] as number, teacherDistribution(row.map(Math.fround)));
    });
    const plan = { ...smoothed({ kind: "online" }), mixing: averages.mixing() };
    const logits = randomRows("logits", labels.length, 5);
    const rows = labels.map((label) => targetRow(plan, label));
    expect(new Set(rows.map(String)).size).toBeGreaterThan(3);
    expectReference(await compute(timeline.at(2), logits, { labels }), logits, rows);
  });

  /** 740 classes are compared in two blocks. */
  test.each([
    [5, 1],
    [5, 0.4],
    [740, 1],
  ])("Zipf smoothing of %i classes with power %f is the float64 loss within 1e-5", async (classCount, power) => {
    const logits = randomRows("logits", labels.length, classCount).map((row) => row.map(Math.fround));
    // Equal logits share the mean of their ranks' weights.
    (logits[1] as number[]).fill(logits[1]?.[3] as number, 1, 4);
    const view = createTargetTimeline(smoothed({ kind: "zipf", power }, classCount), { loss }).at(1);
    const rows = logits.map((row, index) =>
      smoothedRow(zipfDistribution(row, { power }), { trueClass: labels[index] as number, epsilon: EPSILON }),
    );
    const told = await compute(view, logits, { labels });
    expectReference(told, logits, rows);
    expectRelative(told.entropies ?? [], entropiesOf(rows), TOLERANCE);
  });

  test("Zipf smoothing of logits that are no numbers harms no other copy and ends in no error", async () => {
    const view = createTargetTimeline(smoothed({ kind: "zipf" }), { loss }).at(1);
    const broken = await compute(view, [[Number.NaN, 1, Number.NaN, 0, 2]], { labels: [1] });
    expect(broken.losses[0]).toBeNaN();
  });

  test("Mixup of targets is the float64 loss of mixed rows within 1e-5, and their entropy", async () => {
    const mixing = { share: 0.3, partners: Uint32Array.of(3, 0, 1, 2, 4, 6, 5, 7) };
    const plan = planOf({ kind: "class-prior" }, { convention: "uniform", epsilon: EPSILON });
    const logits = randomRows("logits", labels.length, 5);
    const single = labels.map((label) => targetRow(plan, label));
    const rows = single.map((row, index) => {
      const other = single[mixing.partners[index] as number] as Float64Array;
      return row.map((mass, k) => 0.3 * mass + 0.7 * (other[k] as number));
    });
    const told = await compute(createTargetTimeline(plan, { loss }).at(1), logits, { labels, mixing });
    expectReference(told, logits, rows);
    expectRelative(told.entropies ?? [], entropiesOf(rows), TOLERANCE);
  });
});
