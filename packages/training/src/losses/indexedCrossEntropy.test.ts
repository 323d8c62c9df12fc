import type { Tensor3D } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectRelative } from "../../test/fixtures/closeTo.ts";
import { type GoldenCase, goldenCases, goldenDivisor } from "../../test/fixtures/goldenCases.ts";
import { everyInstalledEngine } from "../../test/fixtures/installedEngines.ts";
import { provideVulkan } from "../../test/fixtures/softwareVulkan.ts";
import type { Engine } from "../engines/engine.ts";
import { readTensor } from "../engines/readTensor.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { uniformValues } from "../randomness/uniformValues.ts";
import { crossEntropyParts } from "./crossEntropyParts.ts";
import { type IndexedTargets, indexedCrossEntropy } from "./indexedCrossEntropy.ts";
import type { RowLosses } from "./rowLosses.ts";

const SIZES = { copies: 3, rows: 5, classes: 11 };
const { copies, rows, classes } = SIZES;

const positive = (name: string, count: number) => uniformValues(randomStream(4, name), count, 1).map(Math.abs);

/** Rows of any sum: other factors in every copy and row, and one copy without smoothing. */
function randomTargets(): IndexedTargets {
  const labels = Int32Array.of(0, 10, 3, 3, 7);
  const mixing = positive("mixing", copies * classes);
  const shared = positive("shared", copies * rows).fill(0, rows, 2 * rows);
  const excess = positive("excess", copies * rows);
  const total = (place: number) => {
    const copy = Math.floor(place / rows);
    return mixing.subarray(copy * classes, (copy + 1) * classes).reduce((sum, share) => sum + share, 0);
  };
  const rowSums = excess.map((more, place) => more + (shared[place] as number) * total(place));
  return { labels, excess, shared, rowSums, mixing };
}

/** The targets written out, [P, rows, K]. */
function writtenOut({ labels, excess, shared, mixing }: IndexedTargets): Float32Array {
  return Float32Array.from({ length: copies * rows * classes }, (_, index) => {
    const place = Math.floor(index / classes);
    const own = index % classes === labels[place % rows] ? (excess[place] as number) : 0;
    const share = mixing[Math.floor(place / rows) * classes + (index % classes)] as number;
    return own + (shared[place] as number) * share;
  });
}

/** A golden case's rows: w_k ((1 - s) onehot + s / K), as PyTorch weights the terms of a row. */
function goldenTargets({ targets, logits, labelSmoothing, classWeights }: GoldenCase): IndexedTargets {
  const count = logits[0]?.length ?? 0;
  const weights = classWeights ?? new Array<number>(count).fill(1);
  const mixing = Float32Array.from(weights, (weight) => weight / count);
  const excess = Float32Array.from(targets, (label) => (1 - labelSmoothing) * (weights[label] as number));
  const total = labelSmoothing * mixing.reduce((sum, share) => sum + share, 0);
  return {
    labels: Int32Array.from(targets),
    excess,
    shared: new Float32Array(targets.length).fill(labelSmoothing),
    rowSums: excess.map((more) => more + total),
    mixing,
  };
}

const goldens = goldenCases("crossEntropyIndex").filter(
  ({ logits, ignoreIndex, targets }) =>
    typeof logits[0]?.[0] === "number" && (ignoreIndex === null || !targets.includes(ignoreIndex)),
);

describe.each(everyInstalledEngine)("cross entropy by index on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    provideVulkan();
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  async function read(compute: () => Pick<RowLosses, "losses" | "gradient">) {
    const { losses, gradient } = engine.tf.tidy(() => {
      const told = compute();
      return { losses: told.losses, gradient: told.gradient };
    });
    return { losses: await readTensor(losses), gradient: await readTensor(gradient) };
  }

  test.each([
    ["ordinary", 0, 3],
    ["large", 0, 80],
    ["far from 0", 5000, 3],
  ])("is that of targets written out, within 1e-6: %s logits", async (_, centre, spread) => {
    const { tf } = engine;
    const targets = randomTargets();
    const values = uniformValues(randomStream(4, "logits"), copies * rows * classes, spread);
    const logits = (): Tensor3D =>
      tf.tensor3d(
        values.map((value) => value + centre),
        [copies, rows, classes],
      );
    const actual = await read(() => indexedCrossEntropy(tf, logits(), targets));
    const expected = await read(() =>
      crossEntropyParts(tf, { logits: logits(), targets: tf.tensor3d(writtenOut(targets), [copies, rows, classes]) }),
    );
    expectRelative(actual.losses, expected.losses, 1e-6);
    expectRelative(actual.gradient, expected.gradient, 1e-6);
  });

  test.each(goldens.map((golden) => [golden.id, golden] as const))(
    "gives PyTorch's loss and gradient within 1e-5: %s",
    async (_, golden) => {
      const { tf } = engine;
      const { losses, gradient } = await read(() =>
        indexedCrossEntropy(tf, tf.tensor3d([golden.logits]), goldenTargets(golden)),
      );
      const weights = golden.targets.map((label) => golden.classWeights?.[label] ?? 1);
      const divisor =
        golden.reduction === "mean" ? weights.reduce((sum, weight) => sum + weight, 0) : goldenDivisor(golden);
      const total = losses.reduce((sum, loss) => sum + loss, 0) / divisor;
      expectRelative(golden.reduction === "none" ? losses : [total], [golden.loss].flat(), 1e-5);
      expectRelative(
        gradient.map((value) => value / divisor),
        golden.gradient.flat(),
        1e-5,
      );
    },
  );

  test("keeps nothing but what it returns", () => {
    const { tf } = engine;
    const kept = tf.tidy(() => {
      const logits = tf.zeros([copies, rows, classes]) as Tensor3D;
      const before = tf.memory().numTensors;
      indexedCrossEntropy(tf, logits, randomTargets());
      return tf.memory().numTensors - before;
    });
    // Losses, the gradient, and five small operands.
    expect(kept).toBe(7);
  });
});

/** The targets of one copy. */
function ofCopy({ labels, excess, shared, rowSums, mixing }: IndexedTargets, copy: number): IndexedTargets {
  const own = (values: Float32Array, perCopy: number) => values.slice(copy * perCopy, (copy + 1) * perCopy);
  return {
    labels,
    excess: own(excess, rows),
    shared: own(shared, rows),
    rowSums: own(rowSums, rows),
    mixing: own(mixing, classes),
  };
}

test.each(["wasm", "cpu"] as const)("a copy's numbers on %s are bit for bit those that it has alone", async (name) => {
  const engine = await resolveEngine(name);
  const { tf } = engine;
  const targets = randomTargets();
  const values = uniformValues(randomStream(4, "logits"), copies * rows * classes, 3);
  const compute = (logits: Float32Array, given: IndexedTargets) =>
    tf.tidy(() => {
      const seen = tf.tensor3d(logits, [logits.length / (rows * classes), rows, classes]);
      const told = indexedCrossEntropy(tf, seen, given);
      return tf.concat([tf.reshape(told.losses, [-1]), tf.reshape(told.gradient, [-1])]);
    });
  const together = await readTensor(compute(values, targets));
  for (let copy = 0; copy < copies; copy++) {
    const size = rows * classes;
    const alone = await readTensor(compute(values.slice(copy * size, (copy + 1) * size), ofCopy(targets, copy)));
    expect(alone.subarray(0, rows)).toEqual(together.subarray(copy * rows, (copy + 1) * rows));
    const gradients = together.subarray(copies * rows);
    expect(alone.subarray(rows)).toEqual(gradients.subarray(copy * size, (copy + 1) * size));
  }
  engine.dispose();
});

test("there are golden cases with and without smoothing and weights", () => {
  expect(goldens.length).toBeGreaterThan(20);
  expect(new Set(goldens.map(({ labelSmoothing }) => labelSmoothing)).size).toBeGreaterThan(1);
  expect(goldens.some(({ classWeights }) => classWeights !== null)).toBe(true);
});
