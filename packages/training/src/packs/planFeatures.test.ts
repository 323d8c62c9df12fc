import type { TargetPlan } from "@smoothsweep/smoothing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blobs } from "../../test/fixtures/blobs.ts";
import { packRequest, recordPack, smoothedTrial } from "../../test/fixtures/packs.ts";
import { dynamicPlans, planOf, staticPlans } from "../../test/fixtures/plans.ts";
import type { Engine } from "../engines/engine.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { decodePredictions } from "../predictions/encodePredictions.ts";
import type { LossSettings } from "../settings/lossSettings.ts";
import type { TrainingSettings } from "../settings/trainingSettings.ts";
import type { PackRequest, PackTrial } from "./packTypes.ts";
import { trainPack } from "./trainPack.ts";

const TIMEOUT_MS = 60_000;
const base = packRequest([]).training;
const trainRows = packRequest([]).data.train.labels.length;
/** 50 rows: one batch of 32 and a last one of 18. */
const fewRows = blobs({ classCount: 5, featureCount: 20, rows: 50 });

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
  return { reports, metrics: outcome?.metrics, predictions: outcome?.predictions, failures: recorded.failures };
}

function trialOf(plan: TargetPlan, trialId: string, rows = trainRows): PackTrial {
  if (plan.mixing.kind !== "teacher") return { trialId, plan };
  return { trialId, plan, teacherLogits: Float32Array.from({ length: rows * 5 }, (_, index) => (index * 7) % 5) };
}

const teacherRun = planOf({ kind: "teacher-run", run: "trl_1" }, { convention: "uniform", epsilon: 0.4 });
const allPlans: Record<string, TargetPlan> = { ...staticPlans, ...dynamicPlans, "teacher's run": teacherRun };

const losses: LossSettings[] = [
  { kind: "focal", gamma: 2 },
  { kind: "confidence-penalty", beta: 0.2 },
  { kind: "margin-label-smoothing", margin: 2, weight: 0.2 },
  { kind: "max-suppression" },
  { kind: "binary-cross-entropy", convention: "half" },
  { kind: "binary-cross-entropy", convention: "flip" },
  { kind: "binary-cross-entropy", convention: "softmax" },
  { kind: "squared-error", output: "softmax" },
  { kind: "squared-error", output: "linear" },
];

function sigmoids(convention: "half" | "flip" | "softmax"): LossSettings {
  return { kind: "binary-cross-entropy", convention };
}

const adam = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, stability: 1e-8 };
const trainings: [string, Partial<TrainingSettings>][] = [
  ...losses.map((loss): [string, Partial<TrainingSettings>] => [JSON.stringify(loss), { loss }]),
  [
    "Nesterov, L2, L1, clipping",
    { optimizer: { ...sgd(), nesterov: true }, weightDecay: 1e-3, l1Penalty: 1e-4, gradientNormMax: 0.5 },
  ],
  ["Adam, warm-up", { optimizer: { kind: "adam", ...adam }, warmUpEpochs: 1 }],
  ["AdamW, dropout, step", { optimizer: { kind: "adamw", ...adam }, weightDecay: 0.1, dropout: 0.3, schedule: "step" }],
];

function sgd() {
  return { kind: "sgd", learningRate: 0.1, momentum: 0.9 } as const;
}

describe.each(["wasm", "cpu"] as const)("a trial on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  }, TIMEOUT_MS);
  afterAll(() => engine.dispose());

  /** Trains a trial alone, second of two and in the middle of sixteen; the others bring every feature along. */
  async function expectSameNumbers(subject: PackTrial, others: readonly PackTrial[], changes: Partial<PackRequest>) {
    const before = engine.tf.memory().numTensors;
    const train = async (trials: readonly PackTrial[]) =>
      numbersOf(await run(engine, packRequest(trials, { data: fewRows, ...changes })), subject.trialId);
    const alone = await train([subject]);
    const many = Array.from({ length: 15 }, (_, index) => {
      const other = others[index % others.length] as PackTrial;
      return { ...other, trialId: `other-${index}` };
    });
    expect(alone.metrics).toBeDefined();
    expect(alone.failures).toEqual([]);
    expect(await train([many[0] as PackTrial, subject])).toEqual(alone);
    expect(await train([...many.slice(0, 7), subject, ...many.slice(7)])).toEqual(alone);
    expect(engine.tf.memory().numTensors).toBe(before);
  }

  test.each(Object.entries(allPlans))(
    "has the same numbers alone, in a pack of 2 and of 16, beside other plans: %s",
    async (_, plan) => {
      const others = Object.values(allPlans).map((other) => trialOf(other, "other", 50));
      await expectSameNumbers(trialOf(plan, "subject", 50), others, {});
    },
    TIMEOUT_MS,
  );

  test.each(trainings)(
    "has the same numbers alone, in a pack of 2 and of 16, trained with %s",
    async (_, changes) => {
      const others = ["sample weights", "label-aware strength", "warm-up"].map((other) =>
        trialOf(allPlans[other] as TargetPlan, "other"),
      );
      const training = { ...base, ...changes };
      await expectSameNumbers(trialOf(allPlans["ldam, deferred weights"] as TargetPlan, "subject"), others, {
        training,
      });
    },
    TIMEOUT_MS,
  );
});

/** Packs whose trials differ in numbers of training: the first is the subject. */
const mixedTrainings: [string, Partial<TrainingSettings>[]][] = [
  [
    "learning rate, weight decay, L1 and clipping",
    [
      {},
      { optimizer: { ...sgd(), learningRate: 0.3 }, weightDecay: 1e-2 },
      { optimizer: { ...sgd(), momentum: 0 }, l1Penalty: 1e-3, gradientNormMax: 0.1 },
    ],
  ],
  [
    "Adam's numbers",
    [
      { optimizer: { kind: "adam", ...adam } },
      { optimizer: { kind: "adam", ...adam, learningRate: 0.1, beta1: 0.5 }, weightDecay: 0.1 },
      { optimizer: { kind: "adam", ...adam, beta2: 0.9, stability: 1e-3 } },
    ],
  ],
  [
    "decoupled weight decay",
    [
      { optimizer: { kind: "adamw", ...adam } },
      { optimizer: { kind: "adamw", ...adam, learningRate: 0.1 }, weightDecay: 0.1 },
    ],
  ],
  [
    "gamma of the focal loss",
    [
      { loss: { kind: "focal", gamma: 1.5 } },
      { loss: { kind: "focal", gamma: 0 } },
      { loss: { kind: "focal", gamma: 4 } },
    ],
  ],
  [
    "beta of the confidence penalty",
    [{ loss: { kind: "confidence-penalty", beta: 0.1 } }, { loss: { kind: "confidence-penalty", beta: 0.5 } }],
  ],
  [
    "the convention of sigmoid targets",
    [{ loss: sigmoids("half") }, { loss: sigmoids("flip") }, { loss: sigmoids("softmax") }],
  ],
  [
    "margin and weight of margin smoothing",
    [
      { loss: { kind: "margin-label-smoothing", margin: 1, weight: 0.2 } },
      { loss: { kind: "margin-label-smoothing", margin: 3, weight: 0.7 } },
    ],
  ],
  [
    "Mixup",
    [
      { mixup: 0.4 },
      { mixup: 0.4, optimizer: { ...sgd(), learningRate: 0.3 } },
      { mixup: 2 },
      { mixup: 0 },
      { mixup: 0.4, loss: sigmoids("half") },
      { mixup: 0.4, loss: { kind: "max-suppression" } },
    ],
  ],
  [
    "what one program cannot hold",
    [{}, { epochs: 1 }, { loss: { kind: "focal", gamma: 2 } }, { dropout: 0.5, optimizer: { kind: "adam", ...adam } }],
  ],
];

describe.each(["wasm", "cpu"] as const)("a pack on %s of trials with numbers of their own", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  }, TIMEOUT_MS);
  afterAll(() => engine.dispose());

  test.each(mixedTrainings)(
    "gives each the numbers that it has alone: %s",
    async (_, changes) => {
      const trials = changes.map((own, index) => {
        return { ...smoothedTrial(0.1, `trial-${index}`), training: { ...base, ...own } };
      });
      const together = await run(engine, packRequest([...trials, ...trials.map(renamed)], { data: fewRows }));
      const seen = new Set<string>();
      for (const { trialId, plan, training } of trials) {
        const request = packRequest([{ trialId, plan }], { data: fewRows, training });
        const alone = numbersOf(await run(engine, request), trialId);
        expect(alone.metrics).toBeDefined();
        expect(numbersOf(together, trialId)).toEqual(alone);
        expect(alone.reports[0]?.learningRate).toBeGreaterThan(0);
        seen.add(JSON.stringify(alone.metrics));
      }
      expect(seen.size).toBe(trials.length);
    },
    TIMEOUT_MS,
  );
});

function renamed(trial: PackTrial): PackTrial {
  return { ...trial, trialId: `again-${trial.trialId}` };
}

describe("trainPack", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine("wasm");
  }, TIMEOUT_MS);
  afterAll(() => engine.dispose());

  test.each(Object.entries({ ...allPlans }))("learns, and its excess loss falls towards 0: %s", async (_, plan) => {
    const learningRate = plan.margin ? 0.02 : 0.1;
    const training = { ...base, epochs: 10, optimizer: { ...sgd(), learningRate } };
    const { reports, outcomes } = await run(engine, packRequest([trialOf(plan, "subject")], { training }));
    const excess = reports.map(({ report }) => report.excessLoss);
    expect(excess.at(-1)).toBeGreaterThan(-1e-6);
    expect(outcomes[0]?.metrics.test.accuracy).toBeGreaterThan(0.6);
    expect(Math.min(...excess)).toBeLessThan(excess[0] as number);
  });

  test.each(losses.map((loss) => [JSON.stringify(loss), loss] as const))("learns with the loss %s", async (_, loss) => {
    const learningRate = loss.kind === "squared-error" ? 0.1 : 0.05;
    const training = { ...base, epochs: 12, loss, optimizer: { ...sgd(), learningRate } };
    const { reports, outcomes } = await run(engine, packRequest([smoothedTrial(0.05)], { training }));
    const trainLosses = reports.map(({ report }) => report.trainLoss);
    expect(trainLosses.at(-1)).toBeLessThan(trainLosses[0] as number);
    expect(outcomes[0]?.metrics.test.accuracy).toBeGreaterThan(0.7);
  });

  test.each<[string, Partial<TrainingSettings>]>([
    ["cross entropy", {}],
    ["sigmoids", { loss: sigmoids("half") }],
    ["weighted focal loss", { loss: { kind: "focal", gamma: 1 } }],
  ])("Mixup learns, and no excess loss is below 0: %s", async (_, changes) => {
    const training = { ...base, epochs: 12, mixup: 0.4, ...changes };
    const plan = planOf({ kind: "weighted", weights: "inverse-frequency-balanced" });
    const { reports, outcomes } = await run(engine, packRequest([trialOf(plan, "subject")], { training }));
    const excess = reports.map(({ report }) => report.excessLoss);
    expect(Math.min(...excess)).toBeGreaterThan(0);
    expect(excess.at(-1)).toBeLessThan(excess[0] as number);
    expect(outcomes[0]?.metrics.test.accuracy).toBeGreaterThan(0.7);
  });

  test.each<[string, Partial<TrainingSettings>]>([
    ["Mixup", { mixup: 0.4 }],
    ["sigmoids", { loss: sigmoids("half") }],
    ["Mixup of sigmoids", { mixup: 0.4, loss: sigmoids("flip") }],
  ])("a trial that diverges fails alone, and the others' numbers do not notice: %s", async (_, changes) => {
    const training = { ...base, ...changes };
    const healthy = [smoothedTrial(0), smoothedTrial(0.2)] as const;
    const broken = {
      ...smoothedTrial(0.1, "broken"),
      training: { ...training, optimizer: { ...sgd(), learningRate: 1e30 } },
    };
    const before = engine.tf.memory().numTensors;
    const mixed = await run(engine, packRequest([healthy[0], broken, healthy[1]], { training }));
    expect(mixed.failures).toMatchObject([{ trialId: "broken", error: { code: "trial_diverged" } }]);
    const clean = await run(engine, packRequest(healthy, { training }));
    for (const { trialId } of healthy) {
      expect({ ...numbersOf(mixed, trialId), failures: [] }).toEqual(numbersOf(clean, trialId));
    }
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  test("a student that diverges fails alone, with its epoch, and the other students' numbers do not notice", async () => {
    const training = { ...base, epochs: 4, optimizer: { ...sgd(), momentum: 0 } };
    const studentOf = (weight: number, trialId: string) =>
      trialOf(planOf({ kind: "distillation", from: "trl_1", weight, temperature: 2 }), trialId);
    const healthy = [studentOf(0.3, "first"), studentOf(0.9, "last")] as const;
    // Grows by itself until numbers end: not in the first epoch.
    const broken = { ...studentOf(0.5, "broken"), training: { ...training, weightDecay: 2e4 } };
    const mixed = await run(engine, packRequest([healthy[0], broken, healthy[1]], { training }));
    expect(mixed.failures).toMatchObject([{ trialId: "broken", error: { code: "trial_diverged" }, epoch: 2 }]);
    expect(mixed.reports.filter(({ trialId }) => trialId === "broken")).toHaveLength(1);
    const clean = await run(engine, packRequest(healthy, { training }));
    for (const { trialId } of healthy) {
      expect({ ...numbersOf(mixed, trialId), failures: [] }).toEqual(numbersOf(clean, trialId));
    }
  });

  test("a plan's weight of one class changes what is learnt of it", async () => {
    const recallOf = async (plan: TargetPlan) => {
      const training = { ...base, epochs: 6 };
      const { outcomes } = await run(engine, packRequest([trialOf(plan, "subject")], { training }));
      const blob = outcomes[0]?.predictions[1];
      const logits = decodePredictions(blob as NonNullable<typeof blob>);
      const predicted = Array.from({ length: logits.length / 5 }, (_, row) => {
        const values = logits.subarray(row * 5, row * 5 + 5);
        return values.indexOf(Math.max(...values));
      });
      return predicted.filter((label) => label === 4).length;
    };
    const plain = await recallOf(planOf({ kind: "none" }));
    for (const name of ["sample weights", "post-hoc adjustment"]) {
      expect(await recallOf(allPlans[name] as TargetPlan)).toBeGreaterThan(plain);
    }
    // Trained with + ln pi, frequent classes need less; predicted without it, rare ones come out more often.
    expect(await recallOf(allPlans["balanced softmax"] as TargetPlan)).toBeGreaterThan(plain);
  });

  test("post-hoc adjustment adds its offset to the very logits of the plain trial", async () => {
    const trials = [smoothedTrial(0.1, "plain"), trialOf(allPlans["post-hoc adjustment"] as TargetPlan, "adjusted")];
    const { outcomes, reports } = await run(engine, packRequest(trials));
    const logitsOf = (trialId: string) => {
      const blob = outcomes.find((outcome) => outcome.trialId === trialId)?.predictions[0];
      return decodePredictions(blob as NonNullable<typeof blob>);
    };
    const offset = allPlans["post-hoc adjustment"]?.postHocOffset ?? [];
    const plain = logitsOf("plain");
    logitsOf("adjusted").forEach((logit, position) => {
      expect(logit).toBeCloseTo((plain[position] as number) + (offset[position % 5] as number), 1);
    });
    const losses = (trialId: string) => reports.filter((r) => r.trialId === trialId).map((r) => r.report.trainLoss);
    expect(losses("adjusted")).toEqual(losses("plain"));
  });

  test("deferred weights change nothing before their epoch", async () => {
    const drw = planOf({ kind: "ldam-drw", startEpoch: 2, scale: 3 });
    const trials = [trialOf(drw, "deferred"), trialOf(planOf({ kind: "ldam", scale: 3 }), "plain")];
    const { reports } = await run(engine, packRequest(trials, { training: { ...base, epochs: 4 } }));
    const losses = (trialId: string) => reports.filter((r) => r.trialId === trialId).map((r) => r.report.trainLoss);
    const [deferred, plain] = [losses("deferred"), losses("plain")];
    expect(deferred.slice(0, 2)).toEqual(plain.slice(0, 2));
    expect(deferred[2]).not.toBe(plain[2]);
  });

  test(
    "a vocabulary of 32,000 classes trains without tables of K x K",
    async () => {
      const classCount = 32_000;
      const data = {
        ...packRequest([]).data,
        classCount,
        train: {
          ...packRequest([]).data.train,
          labels: packRequest([]).data.train.labels.map((label) => label * 6001),
        },
      };
      const context = { classCount, classCounts: Array.from({ length: classCount }, (_, index) => 1 + (index % 7)) };
      const plan = planOf({ kind: "class-prior" }, undefined, context);
      const model = { kind: "mlp" as const, hidden: [4], activation: "relu" as const };
      const training = { ...base, epochs: 1 };
      const { outcomes, reports } = await run(engine, packRequest([{ trialId: "a", plan }], { data, model, training }));
      expect(outcomes).toHaveLength(1);
      // Weights are small at first: the mean loss is near that of the uniform distribution.
      expect(reports[0]?.report.trainLoss).toBeGreaterThan(3);
      expect(reports[0]?.report.trainLoss).toBeLessThan(Math.log(classCount) + 1);
    },
    TIMEOUT_MS,
  );

  test("targets of many classes have the same numbers alone and beside targets of the other form", async () => {
    const classCount = 600;
    const context = { classCount, classCounts: Array.from({ length: classCount }, (_, index) => 1 + (index % 9)) };
    const changes = { data: { ...fewRows, classCount }, training: { ...base, epochs: 2 } };
    const trials = [
      { kind: "class-prior" },
      { kind: "online" },
      { kind: "balanced-softmax" },
      { kind: "ldam" },
    ] as const;
    const pack = trials.map((strategy) => ({ trialId: strategy.kind, plan: planOf(strategy, undefined, context) }));
    const together = await run(engine, packRequest(pack, changes));
    for (const trial of pack) {
      const alone = numbersOf(await run(engine, packRequest([trial], changes)), trial.trialId);
      expect(alone.metrics).toBeDefined();
      expect(numbersOf(together, trial.trialId)).toEqual(alone);
    }
  });

  test("reports norms, the largest logit and confidence", async () => {
    const { reports } = await run(engine, packRequest([smoothedTrial(0.1), smoothedTrial(0)]));
    const { report } = reports.at(-2) as (typeof reports)[number];
    expect(report.lastLayerNorm).toBeGreaterThan(0);
    expect(report.weightNorm).toBeGreaterThan(report.lastLayerNorm as number);
    expect(report.gradientNorm).toBeGreaterThan(0);
    expect(report.largestLogit).toBeGreaterThan(0);
    expect(report.confidence).toBeGreaterThan(0.2);
    expect(report.confidence).toBeLessThanOrEqual(1);
  });

  test.each([
    ["a teacher without its logits", { trialId: "t", plan: teacherRun }, {}],
    [
      "class-term weights with a focal loss",
      trialOf(allPlans["class-term weights"] as TargetPlan, "t"),
      { loss: { kind: "focal", gamma: 2 } },
    ],
    [
      "max suppression of a prior",
      trialOf(allPlans["class prior"] as TargetPlan, "t"),
      { loss: { kind: "max-suppression" } },
    ],
    [
      "logit offsets of linear outputs",
      trialOf(allPlans["balanced softmax"] as TargetPlan, "t"),
      { loss: { kind: "squared-error", output: "linear" } },
    ],
    [
      "logit offsets of sigmoids",
      trialOf(allPlans["balanced softmax"] as TargetPlan, "t"),
      { loss: sigmoids("softmax") },
    ],
    [
      "a prior that sigmoids have no form for",
      trialOf(allPlans["class prior"] as TargetPlan, "t"),
      { loss: sigmoids("half") },
    ],
    ["Mixup of margins", trialOf(allPlans["ldam"] as TargetPlan, "t"), { mixup: 0.2 }],
    ["Mixup of online smoothing", trialOf(allPlans["online smoothing"] as TargetPlan, "t"), { mixup: 0.2 }],
    ["Mixup of Zipf smoothing", trialOf(allPlans["Zipf smoothing"] as TargetPlan, "t"), { mixup: 0.2 }],
    ["labels flipped beyond a half", smoothedTrial(0.6), { loss: sigmoids("flip") }],
    ["a plan for other classes", trialOf(planOf({ kind: "none" }, undefined, { classCount: 6 }), "t"), {}],
  ])("refuses what it cannot honour: %s", async (_, trial, changes) => {
    const request = packRequest([trial], { training: { ...base, ...changes } as TrainingSettings });
    await expect(run(engine, request)).rejects.toMatchObject({ code: "training_failed" });
  });

  test("refuses to draw a class that has no training row", async () => {
    const { data } = packRequest([]);
    const labels = data.train.labels.map((label) => (label === 3 ? 2 : label));
    const request = packRequest([trialOf(allPlans["balanced sampling"] as TargetPlan, "t")], {
      data: { ...data, train: { ...data.train, labels } },
    });
    await expect(run(engine, request)).rejects.toMatchObject({ code: "training_failed" });
  });
});
