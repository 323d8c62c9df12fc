import { type LossResult, planAtEpoch, planLoss, type TargetPlan } from "@smoothsweep/smoothing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectRelative } from "../../test/fixtures/closeTo.ts";
import { type GoldenCase, goldenCases, goldenDivisor } from "../../test/fixtures/goldenCases.ts";
import { everyInstalledEngine } from "../../test/fixtures/installedEngines.ts";
import { planOf, staticPlans } from "../../test/fixtures/plans.ts";
import { provideVulkan } from "../../test/fixtures/softwareVulkan.ts";
import type { Engine } from "../engines/engine.ts";
import { readTensor } from "../engines/readTensor.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { uniformValues } from "../randomness/uniformValues.ts";
import { createTargetTimeline, isFactored } from "../targets/targetTimeline.ts";
import { createLossBatch } from "./lossBatch.ts";
import { lossOfBatch } from "./lossOfBatch.ts";

/** Single precision against float64, relative to the largest entry. */
const TOLERANCE = 1e-5;
const crossEntropy = { kind: "cross-entropy" } as const;

function randomRows(name: string, rows: number, classCount: number): number[][] {
  const values = Array.from(uniformValues(randomStream(2, name), rows * classCount, 3));
  return Array.from({ length: rows }, (_, row) => values.slice(row * classCount, (row + 1) * classCount));
}

/** What a golden case says about the strategy. */
function goldenPlan(golden: GoldenCase): TargetPlan {
  const { kind, convention, classCounts, labelSmoothing = 0, tau, maxMargin, scale, classWeights } = golden;
  const classCount = golden.logits[0]?.length ?? 0;
  const context = { classCount, classCounts };
  const smoothing = {
    convention: convention === "offTarget" ? ("off-target" as const) : ("uniform" as const),
    epsilon: golden.epsilon ?? labelSmoothing,
  };
  if (kind === "logitAdjusted") return planOf({ kind: "logit-adjusted", tau }, smoothing, context);
  if (kind === "ldam") {
    const plan = planOf({ kind: "ldam", maxMargin, scale }, smoothing, context);
    return { ...plan, sampleWeight: classWeights ?? 1 };
  }
  const plain = planOf({ kind: "none" }, { ...smoothing }, { classCount });
  return { ...plain, sampleWeight: classWeights ?? 1 };
}

describe.each(everyInstalledEngine)("lossOfBatch on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    provideVulkan();
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  /** Losses [copies][rows] and gradients [copies][rows x K] of plans that see the same logits. */
  async function compute(plans: readonly TargetPlan[], logits: number[][], at: { labels: number[]; epoch: number }) {
    const { tf } = engine;
    const labels = Int32Array.from(at.labels);
    const rows = Uint32Array.from(labels, (_, row) => row);
    const views = plans.map((plan) => createTargetTimeline(plan, { loss: crossEntropy }).at(at.epoch + 1));
    const classCount = logits[0]?.length ?? 0;
    const batch = createLossBatch(views, { labels, rows }, { loss: crossEntropy, classCount });
    const result = tf.tidy(() => {
      const seen = tf.tensor3d(plans.map(() => logits));
      const { losses, gradient } = lossOfBatch(tf, seen, { batch, losses: [crossEntropy] });
      return [tf.unstack(losses), tf.unstack(tf.reshape(gradient, [plans.length, -1]))] as const;
    });
    const [losses, gradients] = result.map((copies) =>
      Promise.all(copies.map(async (copy) => Array.from(await readTensor(copy)))),
    ) as [Promise<number[][]>, Promise<number[][]>];
    return [await losses, await gradients] as const;
  }

  function expectPlanLoss(told: { losses: number[]; gradient: number[]; divisor: number }, expected: LossResult) {
    const total = told.losses.reduce((sum, loss) => sum + loss, 0);
    expectRelative([total / told.divisor], [expected.loss as number], TOLERANCE);
    expectRelative(told.gradient, Array.from(expected.gradient.flatMap((row) => Array.from(row))), TOLERANCE);
  }

  test.each(Object.entries(staticPlans))("is the plan's loss in float64 in every epoch: %s", async (_, plan) => {
    const logits = randomRows("logits", 9, 5);
    const labels = [0, 1, 2, 3, 4, 0, 2, 4, 4];
    for (const epoch of [0, 1, 2, 3]) {
      // Beside a plan that needs every optional part, so that parts of others do not spill over.
      const plans = [staticPlans["ldam"] as TargetPlan, plan, staticPlans["class-term weights"] as TargetPlan];
      const [losses, gradients] = await compute(plans, logits, { labels, epoch });
      const { classTermWeight } = planAtEpoch(plan, epoch);
      const weights = classTermWeight as readonly number[] | null;
      const divisor = weights ? labels.reduce((sum, label) => sum + (weights[label] as number), 0) : labels.length;
      const told = { losses: losses[1] as number[], gradient: gradients[1] as number[], divisor };
      expectPlanLoss(told, planLoss(plan, logits, { labels, epoch }));
    }
  });

  test.each([
    ["uniform", planOf({ kind: "none" }, undefined, manyClasses())],
    ["class prior", planOf({ kind: "class-prior" }, undefined, manyClasses())],
    ["off-target", planOf({ kind: "class-prior" }, { convention: "off-target", epsilon: 0.2 }, manyClasses())],
    [
      "label-aware",
      planOf({ kind: "label-aware", headEpsilon: 0.3, tailEpsilon: 0, shape: "convex" }, undefined, manyClasses()),
    ],
    ["sample weights", planOf({ kind: "weighted", weights: "inverse-frequency-balanced" }, undefined, manyClasses())],
    [
      "class-term weights",
      planOf({ kind: "weighted", weights: "inverse-frequency-balanced", form: "class-term" }, undefined, manyClasses()),
    ],
  ])("700 classes, of which only factors are kept, have the plan's loss in float64: %s", async (_, plan) => {
    expect(isFactored(plan)).toBe(true);
    const logits = randomRows("many", 4, 700);
    const labels = [0, 699, 13, 13];
    const [losses, gradients] = await compute([plan, plan], logits, { labels, epoch: 0 });
    const weights = plan.classTermWeight as readonly number[] | null;
    const divisor = weights ? labels.reduce((sum, label) => sum + (weights[label] as number), 0) : 4;
    const told = { losses: losses[1] as number[], gradient: gradients[1] as number[], divisor };
    expectPlanLoss(told, planLoss(plan, logits, { labels }));
  });

  test.each(
    goldenCases("logitAdjusted", "ldam", "sampleWeightedCrossEntropy")
      .filter(({ reduction, classWeights, kind }) => kind !== "ldam" || reduction !== "mean" || classWeights === null)
      .map((golden) => [golden.id, golden] as const),
  )("gives PyTorch's loss and gradient within 1e-5: %s", async (_, golden) => {
    const plan = goldenPlan(golden);
    const labels = golden.targets;
    const [[losses], [gradient]] = (await compute([plan], golden.logits, { labels, epoch: 0 })) as unknown as [
      [number[]],
      [number[]],
    ];
    const weights = golden.classWeights ?? [];
    const weighted = golden.reduction === "weightedMean";
    const divisor = weighted
      ? labels.reduce((sum, label) => sum + (weights[label] as number), 0)
      : goldenDivisor(golden);
    const total = losses.reduce((sum, value) => sum + value, 0) / divisor;
    expectRelative(golden.reduction === "none" ? losses : [total], [golden.loss].flat(), TOLERANCE);
    // The step's own gradient is that of the mean over rows.
    const scale = labels.length / divisor;
    expectRelative(
      gradient.map((value) => value * scale),
      golden.gradient.flat(),
      TOLERANCE,
    );
  });
});

function manyClasses() {
  return { classCount: 700, classCounts: Array.from({ length: 700 }, (_, index) => 1 + (index % 97)) };
}
