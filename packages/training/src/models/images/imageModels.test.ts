import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stripedImages } from "../../../test/fixtures/images.ts";
import { expectSameInEveryPack, type ModelProblem, runProblem, trialOf } from "../../../test/fixtures/modelRuns.ts";
import type { Engine } from "../../engines/engine.ts";
import { resolveEngine } from "../../engines/resolveEngine.ts";
import { createModel } from "../createModel.ts";

const data = stripedImages(72);
const problems: Record<string, ModelProblem> = {
  "convolutional network": { model: { kind: "cnn", channels: [4, 6], kernel: 3, hidden: [8] }, data },
  "ResNet-8": { model: { kind: "resnet-8", width: 4 }, data },
};
/** The same with less to compute: the reference engine takes its time, and packs are as large as elsewhere. */
const smallProblems: Record<string, ModelProblem> = {
  "convolutional network": {
    model: { kind: "cnn", channels: [4, 6], kernel: 3, hidden: [8] },
    data: stripedImages(24),
  },
  "ResNet-8": { model: { kind: "resnet-8", width: 2 }, data: stripedImages(24) },
};
const titles = Object.keys(problems);
const problemOf = (title: string) => problems[title] as ModelProblem;

describe.each(["wasm", "cpu"] as const)("image models on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  test.each(titles)("a trial's numbers are bit for bit the same alone, in a pack of 2 and of 16: %s", (title) =>
    expectSameInEveryPack(engine, smallProblems[title] as ModelProblem),
  );

  test.each(titles)("leaves no tensor behind: %s", async (title) => {
    const problem = smallProblems[title] as ModelProblem;
    const before = engine.tf.memory().numTensors;
    await runProblem(engine, problem, { trials: [trialOf(problem, 0), trialOf(problem, 0.1)] });
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});

describe("image models", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine("wasm");
  });
  afterAll(() => engine.dispose());

  test.each(titles)("learn what no single pixel tells: %s", async (title) => {
    const problem = problemOf(title);
    const { outcomes } = await runProblem(engine, problem, {
      trials: [trialOf(problem, 0)],
      changes: { epochs: 15, dropout: 0 },
    });
    // One in four by chance. Pixels have mean 0 in every class, so that a linear model stays there.
    expect(outcomes[0]?.metrics.test.accuracy).toBeGreaterThan(0.9);
  });

  test.each(titles)("start from values that are a function of the seed and the parameter's name: %s", (title) => {
    const { model, data: images } = problemOf(title);
    const one = createModel(engine.tf, model, images);
    expect(one.initialValues(3)).toEqual(createModel(engine.tf, model, images).initialValues(3));
    expect(one.initialValues(4)).not.toEqual(one.initialValues(3));
    const names = one.shapes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(one.shapes[one.lastWeights]?.shape.at(-1)).toBe(images.classCount);
  });
});
