import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as smoothing from "./index.ts";

const nasty = fc.constantFrom(
  Number.NaN,
  Infinity,
  -Infinity,
  -1,
  -0,
  0,
  0.5,
  1,
  1.5,
  2,
  5e-324,
  1e-300,
  1e308,
  -1e308,
);
const mostly = (usual: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: nasty });
const logit = mostly(fc.double({ min: -1e4, max: 1e4, noNaN: true }));
const share = mostly(fc.double({ min: 0, max: 1, noNaN: true }));
const whole = mostly(fc.integer({ min: 0, max: 4 }));
const count = mostly(fc.integer({ min: 0, max: 2000 }));
const list = (entry: fc.Arbitrary<number>) => fc.array(entry, { maxLength: 5 });
const sized = (entry: fc.Arbitrary<number>, length: number) =>
  fc.oneof({ weight: 15, arbitrary: fc.array(entry, { minLength: length, maxLength: length }) }, list(entry));

/** Arguments that mostly fit each other: N rows of K logits with labels, targets, weights and counts. */
const batch = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 4 })).chain(([N, K]) =>
  fc.record({
    logits: fc.array(sized(logit, K), { minLength: N, maxLength: N }),
    labels: sized(mostly(fc.integer({ min: 0, max: Math.max(0, K - 1) })), N),
    targets: fc.array(sized(share, K), { minLength: N, maxLength: N }),
    weights: sized(mostly(fc.double({ min: 0, max: 100, noNaN: true })), K),
    counts: sized(count, K),
    epsilon: share,
    number: logit,
    classCount: fc.constant(K),
    index: whole,
    reduction: fc.constantFrom("mean", "sum", "none", "average") as fc.Arbitrary<smoothing.Reduction>,
  }),
);
type Batch = typeof batch extends fc.Arbitrary<infer Value> ? Value : never;
const named = <Name extends string>(...names: Name[]) => fc.constantFrom(...names, "anything" as Name);
const convention = named(...smoothing.conventionNames);
const strategy = fc.oneof(
  fc
    .constantFrom(
      "none",
      "smaller-epsilon",
      "class-prior",
      "inverse-prior",
      "online",
      "balanced-softmax",
      "zipf",
      "anything",
    )
    .map((kind) => ({ kind })),
  fc.record({ kind: fc.constant("per-class"), epsilons: list(share) }),
  fc.record({
    kind: fc.constant("label-aware"),
    headEpsilon: share,
    tailEpsilon: share,
    shape: named("concave", "convex"),
    power: logit,
  }),
  fc.record({ kind: fc.constant("tempered-prior"), tau: logit }),
  fc.record({ kind: fc.constant("custom"), mixing: fc.oneof(list(share), fc.array(list(share))) }),
  fc.record({ kind: fc.constant("hierarchical"), beta: logit }),
  fc.record({ kind: fc.constant("level-mixture"), levelWeights: fc.oneof(list(share), fc.constant([0.5, 0.5])) }),
  fc.record({ kind: fc.constant("teacher"), logits: list(logit), temperature: logit }),
  fc.record({
    kind: fc.constant("weighted"),
    weights: named("inverse-frequency", "effective-number"),
    beta: share,
    form: named("per-sample", "class-term"),
  }),
  fc.record({ kind: fc.constant("resampled"), sampling: named("balanced", "progressive"), epochs: whole }),
  fc.record({ kind: fc.constant("logit-adjusted"), tau: logit, when: named("training", "post-hoc") }),
  fc.record({ kind: fc.constant("ldam-drw"), startEpoch: whole, maxMargin: share, scale: logit, beta: share }),
) as fc.Arbitrary<smoothing.StrategySpec>;

function planFrom(values: Batch, convention_: smoothing.ConventionName, strategy_: smoothing.StrategySpec) {
  const { classCount, counts, epsilon, index } = values;
  const taxonomy = { name: "root", children: counts.map((_, leaf) => `class ${leaf}`) };
  const spec = { convention: convention_, epsilon, allowUnnormalised: true, padClass: index };
  return smoothing.buildTargetPlan(
    { smoothing: spec, strategy: strategy_ },
    { classCount, classCounts: counts, taxonomy },
  );
}

const ofBatch: Record<string, (values: Batch) => unknown> = {
  crossEntropy: ({ logits, labels, epsilon, weights, index, reduction }) =>
    smoothing.crossEntropy(logits, labels, {
      labelSmoothing: epsilon,
      classWeights: weights,
      ignoreIndex: index,
      reduction,
    }),
  "crossEntropy of probabilities": ({ logits, targets, epsilon, reduction }) =>
    smoothing.crossEntropy(logits, targets, { labelSmoothing: epsilon, reduction }),
  bceWithLogits: ({ logits, targets, weights, reduction }) =>
    smoothing.bceWithLogits(logits, targets, { posWeight: weights, reduction }),
  focalLoss: ({ logits, labels, number, reduction }) =>
    smoothing.focalLoss(logits, labels, { gamma: number, reduction }),
  confidencePenalty: ({ logits, labels, number }) => smoothing.confidencePenalty(logits, labels, { beta: number }),
  marginLabelSmoothing: ({ logits, labels, number, epsilon }) =>
    smoothing.marginLabelSmoothing(logits, labels, { margin: number, penaltyWeight: epsilon }),
  maxSuppression: ({ logits, labels, epsilon }) => smoothing.maxSuppression(logits, labels, { epsilon }),
  logitAdjustedCrossEntropy: ({ logits, labels, counts, number, epsilon }) =>
    smoothing.logitAdjustedCrossEntropy(logits, labels, { classCounts: counts, tau: number, labelSmoothing: epsilon }),
  ldamLoss: ({ logits, labels, counts, weights, epsilon, number }) =>
    smoothing.ldamLoss(logits, labels, {
      classCounts: counts,
      classWeights: weights,
      maxMargin: epsilon,
      scale: number,
    }),
  meanSquaredError: ({ logits, targets }) => smoothing.meanSquaredError(logits, targets, { output: "linear" }),
  sampleWeightedCrossEntropy: ({ logits, labels, targets, weights }) =>
    smoothing.sampleWeightedCrossEntropy(logits, labels, { targets, classWeights: weights, reduction: "weightedMean" }),
  softCrossEntropy: ({ weights, counts }) => smoothing.softCrossEntropy(weights, counts),
  postHocPrediction: ({ logits, counts, number }) => smoothing.postHocPrediction(logits, counts, number),
  smoothLabels: ({ labels, epsilon, classCount }) => smoothing.smoothLabels(labels, { smoothing: epsilon, classCount }),
  "smoothLabels of rows": ({ targets, epsilon }) => smoothing.smoothLabels(targets, { smoothing: epsilon }),
  smoothBinaryLabels: ({ labels, epsilon }) => smoothing.smoothBinaryLabels(labels, { convention: "flip", epsilon }),
  smoothedRow: ({ weights, index, epsilon }) => smoothing.smoothedRow(weights, { trueClass: index, epsilon }),
  confidenceCeiling: ({ weights }) => smoothing.confidenceCeiling(weights),
  temperedPrior: ({ counts, number }) => smoothing.temperedPrior(counts, number),
  teacherDistribution: ({ weights, number }) => smoothing.teacherDistribution(weights, number),
  zipfDistribution: ({ weights, number, index }) =>
    smoothing.zipfDistribution(weights, { power: number, excluded: index }),
  mixingRow: ({ targets, index, classCount }) =>
    smoothing.mixingRow({ kind: "matrix", rows: targets }, index, classCount),
  classSampling: ({ counts, index }) => smoothing.classSampling(counts, "progressive", index),
  reducedEpsilon: ({ epsilon, counts }) => smoothing.reducedEpsilon(epsilon, counts),
  effectiveNumberWeights: ({ counts, epsilon }) => smoothing.effectiveNumberWeights(counts, epsilon),
  logitAdjustment: ({ counts, number }) => smoothing.logitAdjustment(counts, number),
};

function holdsNaN(value: unknown): boolean {
  if (typeof value === "number") return Number.isNaN(value);
  if (typeof value !== "object" || value === null) return value === undefined;
  return Object.values(value).some(holdsNaN);
}

/** Whether the call gave a result without NaN; a refusal must be the typed error with all its parts. */
function isAnswered(call: () => unknown): boolean {
  try {
    expect(holdsNaN(call())).toBe(false);
    return true;
  } catch (error) {
    if (!(error instanceof smoothing.ArgumentError)) throw error;
    expect(error.message.startsWith(`${error.argument} ${error.rule}, got `)).toBe(true);
    expect(error.code).toMatch(/^[a-z_]+$/);
    return false;
  }
}

describe("bad input", () => {
  test.each(Object.entries(ofBatch))(
    "%s gives a result without NaN or a typed error, never anything else",
    (_, call) => {
      const answers = { true: 0, false: 0 };
      fc.assert(
        fc.property(batch, (values) => {
          answers[`${isAnswered(() => call(values))}`] += 1;
        }),
        { numRuns: 400, seed: 20264 },
      );
      expect(Math.min(answers.true, answers.false)).toBeGreaterThan(0);
    },
  );

  test("no specification of a plan breaks the plan, its rows, key, words, warnings, marginal or loss", () => {
    let answered = 0;
    fc.assert(
      fc.property(batch, convention, strategy, (values, name, wanted) => {
        const uses = [
          smoothing.equivalenceKey,
          smoothing.explainPlan,
          (plan: smoothing.TargetPlan) => smoothing.lintPlan(plan, { testPrior: "balanced", mixup: true }),
          smoothing.targetTable,
          (plan: smoothing.TargetPlan) => smoothing.smoothedMarginal(plan, values.counts),
          (plan: smoothing.TargetPlan) => smoothing.composePlans(plan, plan).rowSum,
          (plan: smoothing.TargetPlan) => smoothing.planAtEpoch(plan, values.number).epsilon,
          (plan: smoothing.TargetPlan) => smoothing.smoothAgain(values.weights, plan),
          (plan: smoothing.TargetPlan) => smoothing.planLoss(plan, values.logits, values),
        ];
        for (const use of uses) if (isAnswered(() => use(planFrom(values, name, wanted)))) answered++;
      }),
      { numRuns: 3000, seed: 20265 },
    );
    expect(answered).toBeGreaterThan(1000);
  });
});
