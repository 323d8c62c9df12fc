import { modelSpecSchema } from "@smoothsweep/contracts";
import { buildTargetPlan } from "@smoothsweep/smoothing";
import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test, vi } from "vitest";
import type { Engine } from "../../src/engines/engine.ts";
import { readTensor } from "../../src/engines/readTensor.ts";
import { softCrossEntropy } from "../../src/losses/softCrossEntropy.ts";
import { createModel } from "../../src/models/createModel.ts";
import { trainPack } from "../../src/packs/trainPack.ts";
import { decodePredictions } from "../../src/predictions/encodePredictions.ts";
import { dropoutMask } from "../../src/randomness/dropoutMask.ts";
import { randomStream } from "../../src/randomness/randomStream.ts";
import { uniformValues } from "../../src/randomness/uniformValues.ts";
import { expectClose } from "../fixtures/closeTo.ts";
import { recordPack } from "../fixtures/packs.ts";
import { describeEngines, onReference } from "./conformingEngines.ts";
import { dataOf, type ModelFixture, modelFixtures, titleOf } from "./modelFixtures.ts";

/** Single precision, relative to the largest number: one pass, and a whole training run. */
const PASS_TOLERANCE = 2e-5;
const LOSS_TOLERANCE = 1e-4;
/** Stored logits have 11 significant bits. */
const LOGIT_TOLERANCE = 2 ** -9;

// A software GPU compiles the shaders of a model for seconds.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const COPIES = 2;
const DROPOUT = 0.3;

/** Initial values of two copies from different seeds, so that a mixture of copies would show. */
function parametersOf({ tf }: Engine, model: ReturnType<typeof createModel>): Tensor[] {
  const copies = Array.from({ length: COPIES }, (_, copy) => model.initialValues(copy + 1));
  return model.shapes.map(({ shape }, index) => {
    const values = copies.flatMap((initial) => Array.from(initial[index] as Float32Array));
    return tf.tensor(values, [COPIES, ...shape]);
  });
}

/** Logits, then losses and the gradient of every parameter, with dropout. */
async function computePass(engine: Engine, fixture: ModelFixture): Promise<Float32Array[]> {
  const { tf } = engine;
  const data = dataOf(fixture);
  const model = createModel(tf, fixture.model, data);
  const rows = data.validation.inputs.length / data.featureCount;
  const results = tf.tidy(() => {
    const parameters = parametersOf(engine, model);
    const inputs = tf.tensor2d(data.validation.inputs, [rows, data.featureCount]);
    const masks = model.dropoutShapes(rows).map(({ name, shape }) => {
      const count = shape.reduce((product, size) => product * size, 1);
      return tf.tensor(dropoutMask(randomStream(5, name), count, DROPOUT), [1, ...shape]);
    });
    const logits = model.predict(parameters, inputs);
    const masses = uniformValues(randomStream(5, "targets"), logits.size, 1).map(Math.abs);
    const targets = tf.tensor3d(masses, logits.shape);
    const pass = model.gradients(parameters, inputs, {
      masks,
      loss: (seen) => softCrossEntropy(tf, { logits: seen, targets }),
    });
    return [logits, pass.loss.losses, ...pass.gradients];
  });
  return Promise.all(results.map(readTensor));
}

/** A pack of two trials through two epochs: losses of every epoch, then the stored logits. */
async function train(engine: Engine, fixture: ModelFixture): Promise<{ losses: number[]; logits: number[] }> {
  const recorded = recordPack();
  const trials = [0.1, 0.3].map((epsilon) => ({
    trialId: `epsilon-${epsilon}`,
    plan: buildTargetPlan(
      { smoothing: { convention: "uniform", epsilon }, strategy: { kind: "none" } },
      { classCount: fixture.classCount },
    ),
  }));
  const optimizer = { kind: "sgd", learningRate: 0.05, momentum: 0.9 } as const;
  const training = { epochs: 2, batchSize: 8, optimizer, schedule: "cosine" } as const;
  await trainPack(engine, { model: fixture.model, training, seed: 1, trials, data: dataOf(fixture) }, recorded.hooks);
  expect(recorded.failures).toEqual([]);
  const blobs = recorded.outcomes.flatMap(({ predictions }) => predictions);
  return {
    losses: recorded.reports.map(({ report }) => report.trainLoss),
    logits: blobs.flatMap((blob) => Array.from(decodePredictions(blob))),
  };
}

interface Reference {
  readonly pass: Float32Array[];
  readonly training: { losses: number[]; logits: number[] };
}

const references = new Map<ModelFixture, Reference>();
beforeAll(async () => {
  await onReference(async (engine) => {
    for (const fixture of modelFixtures) {
      const pass = await computePass(engine, fixture);
      references.set(fixture, { pass, training: await train(engine, fixture) });
    }
  });
});

const cases = modelFixtures.map((fixture) => [titleOf(fixture), fixture] as const);

describeEngines("models", (engine) => {
  test.each(cases)("%s has the reference's logits, losses and gradients", async (_, fixture) => {
    const before = engine.current().tf.memory().numTensors;
    const actual = await computePass(engine.current(), fixture);
    const { pass } = references.get(fixture) as Reference;
    expect(actual).toHaveLength(pass.length);
    for (const [index, values] of actual.entries()) expectClose(values, pass[index] as Float32Array, PASS_TOLERANCE);
    expect(engine.current().tf.memory().numTensors).toBe(before);
  });

  test.each(cases)("%s trains as on the reference", async (_, fixture) => {
    const actual = await train(engine.current(), fixture);
    const { training } = references.get(fixture) as Reference;
    expect(actual.losses).toHaveLength(4);
    expectClose(actual.losses, training.losses, LOSS_TOLERANCE);
    expectClose(actual.logits, training.logits, LOGIT_TOLERANCE);
  });
});

test("every kind of model has a fixture", () => {
  const kinds = modelSpecSchema.options.map(({ shape }) => shape.kind.value);
  const covered = new Set(modelFixtures.map(({ model }) => model.kind));
  expect(kinds.filter((kind) => !covered.has(kind))).toEqual([]);
});
