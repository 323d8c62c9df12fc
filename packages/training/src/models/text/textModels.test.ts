import type { EngineName, ModelSpec } from "@smoothsweep/contracts";
import { buildTargetPlan } from "@smoothsweep/smoothing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installedEngines } from "../../../test/fixtures/installedEngines.ts";
import { recordPack } from "../../../test/fixtures/packs.ts";
import { languageData, topicData } from "../../../test/fixtures/tokens.ts";
import type { Engine } from "../../engines/engine.ts";
import { resolveEngine } from "../../engines/resolveEngine.ts";
import type { PackData, PackTrial } from "../../packs/packTypes.ts";
import { trainPack } from "../../packs/trainPack.ts";
import { decodePredictions } from "../../predictions/encodePredictions.ts";
import type { TrainingSettings } from "../../settings/trainingSettings.ts";

interface Problem {
  readonly model: ModelSpec;
  readonly data: PackData;
}

const sizes = { layers: 1, heads: 2, width: 8, feedForward: 12 };
const problems: Record<string, Problem> = {
  "averaged embedding": { model: { kind: "averaged-embedding", width: 8, hidden: [7] }, data: topicData() },
  transformer: { model: { kind: "transformer", ...sizes }, data: topicData() },
  "causal transformer": { model: { kind: "causal-transformer", ...sizes }, data: languageData() },
};
const titles = Object.keys(problems);

/**
 * Single precision sums in another order differ in the seventh digit; five steps of training multiply that. Stored logits
 * have 11 significant bits, so they may differ by one unit of those.
 */
const LOSS_TOLERANCE = 2e-5;
const LOGIT_TOLERANCE = 2 ** -9;

/** 70 rows in batches of 16 leave a last batch of 6. */
const training: TrainingSettings = {
  epochs: 1,
  batchSize: 16,
  optimizer: { kind: "adam", learningRate: 0.01, beta1: 0.9, beta2: 0.999, stability: 1e-8 },
  schedule: "constant",
  dropout: 0.1,
};

function trialOf({ data }: Problem, epsilon: number, trialId = `epsilon-${epsilon}`): PackTrial {
  const spec = { smoothing: { convention: "uniform", epsilon }, strategy: { kind: "none" } } as const;
  return { trialId, plan: buildTargetPlan(spec, { classCount: data.classCount }) };
}

async function run(engine: Engine, problem: Problem, trials: readonly PackTrial[], changes = {}) {
  const recorded = recordPack();
  await trainPack(engine, { ...problem, training: { ...training, ...changes }, seed: 1, trials }, recorded.hooks);
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

describe.each(["wasm", "cpu"] as const)("text models on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  test.each(titles)("a trial's numbers are bit for bit the same alone, in a pack of 2 and of 16: %s", async (title) => {
    const problem = problems[title] as Problem;
    const trial = trialOf(problem, 0.1, "subject");
    const others = Array.from({ length: 15 }, (_, index) => trialOf(problem, 0.05 * index, `other-${index}`));
    const alone = numbersOf(await run(engine, problem, [trial]), "subject");
    const second = numbersOf(await run(engine, problem, [trialOf(problem, 0.4), trial]), "subject");
    const many = await run(engine, problem, [...others.slice(0, 7), trial, ...others.slice(7)]);
    expect(alone.metrics).toBeDefined();
    expect(second).toEqual(alone);
    expect(numbersOf(many, "subject")).toEqual(alone);
  });

  test.each(titles)("leaves no tensor behind: %s", async (title) => {
    const problem = problems[title] as Problem;
    const before = engine.tf.memory().numTensors;
    await run(engine, problem, [trialOf(problem, 0), trialOf(problem, 0.1)]);
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});

describe("text models", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine("wasm");
  });
  afterAll(() => engine.dispose());

  const quick = { epochs: 20, dropout: 0, optimizer: { ...training.optimizer, learningRate: 0.03 } };

  test.each(titles)("learn: the excess loss halves, and accuracy is far above chance: %s", async (title) => {
    const problem = problems[title] as Problem;
    const { reports, outcomes } = await run(engine, problem, [trialOf(problem, 0)], quick);
    expect(reports.at(-1)?.report.excessLoss).toBeLessThan((reports[0]?.report.excessLoss ?? 0) / 2);
    expect(outcomes[0]?.metrics.test.accuracy).toBeGreaterThan(2.5 / problem.data.classCount);
  });

  test("what comes after a token does not change what is predicted at it", async () => {
    const problem = problems["causal transformer"] as Problem;
    const inputs = Float32Array.from(problem.data.test.inputs, (token, place) =>
      place % 6 === 5 ? 11 - token : token,
    );
    const changed = { ...problem, data: { ...problem.data, test: { ...problem.data.test, inputs } } };
    const logits = await Promise.all(
      [problem, changed].map(async (one) => {
        const { outcomes } = await run(engine, one, [trialOf(one, 0)]);
        return decodePredictions((outcomes[0]?.predictions ?? [])[1] as never);
      }),
    );
    const perRow = 6 * problem.data.classCount;
    const early = logits.map((all) => all.filter((_, place) => place % perRow < 5 * problem.data.classCount));
    expect(early[1]).toEqual(early[0]);
    expect(logits[1]).not.toEqual(logits[0]);
  });
});

describe("text models on different engines", () => {
  async function train(name: EngineName, problem: Problem, epsilons: readonly number[]) {
    const engine = await resolveEngine(name);
    try {
      return await run(
        engine,
        problem,
        epsilons.map((epsilon) => trialOf(problem, epsilon)),
      );
    } finally {
      engine.dispose();
    }
  }

  const references = new Map<Problem, ReturnType<typeof run>>();
  function reference(problem: Problem) {
    const known = references.get(problem) ?? train("cpu", problem, [0.1]);
    references.set(problem, known);
    return known;
  }

  function logitsOf({ outcomes }: Awaited<ReturnType<typeof run>>): number[] {
    const outcome = outcomes.find(({ trialId }) => trialId === "epsilon-0.1");
    return (outcome?.predictions ?? []).flatMap((blob) => Array.from(decodePredictions(blob)));
  }

  test.each(installedEngines.flatMap((name) => titles.map((title) => [name, title] as const)))(
    "a whole run in a pack on %s agrees with the same trial alone on the reference: %s",
    async (name, title) => {
      const problem = problems[title] as Problem;
      const [actual, expected] = [await train(name, problem, [0.3, 0.1]), await reference(problem)];
      const losses = actual.reports.filter(({ trialId }) => trialId === "epsilon-0.1");
      expect(losses).toHaveLength(expected.reports.length);
      losses.forEach(({ report }, index) => {
        const difference = report.trainLoss - (expected.reports[index]?.report.trainLoss ?? Number.NaN);
        expect(Math.abs(difference)).toBeLessThan(LOSS_TOLERANCE);
      });
      const [logits, wanted] = [logitsOf(actual), logitsOf(expected)];
      expect(logits.length).toBeGreaterThan(0);
      const scale = Math.max(...wanted.map(Math.abs));
      logits.forEach((logit, index) => {
        expect(Math.abs(logit - (wanted[index] as number))).toBeLessThan(LOGIT_TOLERANCE * scale);
      });
    },
  );
});
