import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  adam,
  expectSameInEveryPack,
  type ModelProblem,
  runProblem,
  trialOf,
} from "../../../test/fixtures/modelRuns.ts";
import { languageData, topicData } from "../../../test/fixtures/tokens.ts";
import type { Engine } from "../../engines/engine.ts";
import { resolveEngine } from "../../engines/resolveEngine.ts";
import { decodePredictions } from "../../predictions/encodePredictions.ts";

const sizes = { layers: 1, heads: 2, width: 8, feedForward: 12 };
const problems: Record<string, ModelProblem> = {
  "averaged embedding": { model: { kind: "averaged-embedding", width: 8, hidden: [7] }, data: topicData() },
  transformer: { model: { kind: "transformer", ...sizes }, data: topicData() },
  "causal transformer": { model: { kind: "causal-transformer", ...sizes }, data: languageData() },
};
const titles = Object.keys(problems);

describe.each(["wasm", "cpu"] as const)("text models on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  test.each(titles)("a trial's numbers are bit for bit the same alone, in a pack of 2 and of 16: %s", (title) =>
    expectSameInEveryPack(engine, problems[title] as ModelProblem),
  );

  test.each(titles)("leaves no tensor behind: %s", async (title) => {
    const problem = problems[title] as ModelProblem;
    const before = engine.tf.memory().numTensors;
    await runProblem(engine, problem, { trials: [trialOf(problem, 0), trialOf(problem, 0.1)] });
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});

describe("text models", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine("wasm");
  });
  afterAll(() => engine.dispose());

  const quick = { epochs: 20, dropout: 0, optimizer: { ...adam, learningRate: 0.03 } };

  test.each(titles)("learn: the excess loss halves, and accuracy is far above chance: %s", async (title) => {
    const problem = problems[title] as ModelProblem;
    const { reports, outcomes } = await runProblem(engine, problem, { trials: [trialOf(problem, 0)], changes: quick });
    expect(reports.at(-1)?.report.excessLoss).toBeLessThan((reports[0]?.report.excessLoss ?? 0) / 2);
    expect(outcomes[0]?.metrics.test.accuracy).toBeGreaterThan(2.5 / problem.data.classCount);
  });

  test("what comes after a token does not change what is predicted at it", async () => {
    const problem = problems["causal transformer"] as ModelProblem;
    const inputs = Float32Array.from(problem.data.test.inputs, (token, place) =>
      place % 6 === 5 ? 11 - token : token,
    );
    const changed = { ...problem, data: { ...problem.data, test: { ...problem.data.test, inputs } } };
    const logits = await Promise.all(
      [problem, changed].map(async (one) => {
        const { outcomes } = await runProblem(engine, one, { trials: [trialOf(one, 0)] });
        return decodePredictions((outcomes[0]?.predictions ?? [])[1] as never);
      }),
    );
    const perRow = 6 * problem.data.classCount;
    const early = logits.map((all) => all.filter((_, place) => place % perRow < 5 * problem.data.classCount));
    expect(early[1]).toEqual(early[0]);
    expect(logits[1]).not.toEqual(logits[0]);
  });
});
