import { meanSquaredError } from "@smoothsweep/smoothing";
import type { Tensor } from "@tensorflow/tfjs-core";
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
import type { LossSettings } from "../settings/lossSettings.ts";
import { computeLoss } from "./computeLoss.ts";

const settingsOf: Record<string, (golden: GoldenCase) => LossSettings> = {
  focal: ({ gamma }) => ({ kind: "focal", gamma }),
  confidencePenalty: ({ beta }) => ({ kind: "confidence-penalty", beta }),
  marginLabelSmoothing: ({ margin, penaltyWeight }) => ({
    kind: "margin-label-smoothing",
    margin,
    weight: penaltyWeight,
  }),
  maxSup: () => ({ kind: "max-suppression" }),
  meanSquaredError: ({ output }) => ({ kind: "squared-error", output }),
};

/** Independent labels without a weight on the positive term, which no loss of ours has. */
const binaryCases = goldenCases("bceWithLogits").filter(({ posWeight }) => posWeight === null);

function hardTargets({ targets, logits }: GoldenCase): number[][] {
  return logits.map((row, index) => row.map((_, k) => (k === targets[index] ? 1 : 0)));
}

/** A loss of one row in float64, for finite differences: soft targets have no golden values. */
const float64Losses: Record<string, (logits: Float64Array, targets: Float64Array) => number> = {
  focal: (logits, targets) => {
    const p = softmax(logits);
    return -targets.reduce((sum, mass, k) => sum + mass * (1 - (p[k] as number)) ** 2 * Math.log(p[k] as number), 0);
  },
  "confidence-penalty": (logits, targets) => {
    const p = softmax(logits);
    return p.reduce((sum, share, k) => sum + (0.3 * share - (targets[k] as number)) * Math.log(share), 0);
  },
  "margin-label-smoothing": (logits, targets) => {
    const p = softmax(logits);
    const excess = logits.map((logit) => Math.max(0, Math.max(...logits) - logit - 1));
    const penalty = excess.reduce((sum, value) => sum + value, 0) / logits.length;
    return 0.4 * penalty - targets.reduce((sum, mass, k) => sum + mass * Math.log(p[k] as number), 0);
  },
};

const softSettings: LossSettings[] = [
  { kind: "focal", gamma: 2 },
  { kind: "confidence-penalty", beta: 0.3 },
  { kind: "margin-label-smoothing", margin: 1, weight: 0.4 },
];

function softmax(logits: Float64Array): Float64Array {
  const exponentials = logits.map(Math.exp);
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}

function differences(logits: Float64Array, lossOf: (logits: Float64Array) => number): number[] {
  return Array.from(logits, (_, index) => {
    const moved = (by: number) => lossOf(logits.map((logit, k) => (k === index ? logit + by : logit)));
    return (moved(1e-6) - moved(-1e-6)) / 2e-6;
  });
}

describe.each(everyInstalledEngine)("computeLoss on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    provideVulkan();
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  async function compute(settings: LossSettings, rows: { logits: number[][]; targets: number[][]; epsilon?: number }) {
    const { tf } = engine;
    const before = tf.memory().numTensors;
    const result = tf.tidy(() =>
      computeLoss<Tensor>(tf, [settings], {
        logits: tf.tensor2d(rows.logits),
        targets: tf.tensor2d(rows.targets),
        strengths: tf.fill([rows.logits.length, 1], rows.epsilon ?? 0),
      }),
    );
    const losses = Array.from(await readTensor(result.losses));
    const gradient = Array.from(await readTensor(result.gradient));
    tf.dispose(Object.values(result));
    expect(tf.memory().numTensors).toBe(before);
    return { losses, gradient };
  }

  test.each(goldenCases(...Object.keys(settingsOf)).map((golden) => [golden.id, golden] as const))(
    "gives PyTorch's loss and gradient within 1e-5: %s",
    async (_, golden) => {
      const settings = settingsOf[golden.kind]?.(golden) as LossSettings;
      const targets = golden.targetProbabilities ?? hardTargets(golden);
      const { losses, gradient } = await compute(settings, { logits: golden.logits, targets, epsilon: golden.epsilon });
      const divisor = goldenDivisor(golden);
      const total = losses.reduce((sum, value) => sum + value, 0) / divisor;
      expectRelative(golden.reduction === "none" ? losses : [total], [golden.loss].flat(), 1e-5);
      expectRelative(
        gradient.map((value) => value / divisor),
        golden.gradient.flat(),
        1e-5,
      );
    },
  );

  test.each(binaryCases.map((golden) => [golden.id, golden] as const))(
    "gives PyTorch's binary cross entropy and gradient within 1e-5: %s",
    async (_, golden) => {
      const settings = { kind: "binary-cross-entropy", convention: "half" } as const;
      const rows = { logits: golden.logits, targets: golden.smoothedTargets };
      const { losses, gradient } = await compute(settings, rows);
      // PyTorch's mean is over the elements.
      const elements = golden.logits.flat().length;
      expectRelative([losses.reduce((sum, value) => sum + value, 0) / elements], [golden.loss].flat(), 1e-5);
      expectRelative(
        gradient.map((value) => value / elements),
        golden.gradient.flat(),
        1e-5,
      );
    },
  );

  test("binary cross entropy of certain predictions, right and wrong, is right", async () => {
    const settings = { kind: "binary-cross-entropy", convention: "half" } as const;
    const { losses, gradient } = await compute(settings, {
      logits: [
        [90, -90],
        [-90, 90],
      ],
      targets: [
        [1, 0],
        [1, 0],
      ],
    });
    expectRelative(losses, [0, 180], 1e-6);
    expectRelative(gradient, [0, 0, -1, 1], 1e-6);
  });

  test.each(softSettings.map((settings) => [settings.kind, settings] as const))(
    "%s has the gradient of finite differences for soft targets of any sum",
    async (kind, settings) => {
      const logits = Float64Array.from(uniformValues(randomStream(5, `logits/${kind}`), 7, 3));
      const targets = Float64Array.from(uniformValues(randomStream(5, `targets/${kind}`), 7, 1).map(Math.abs));
      const lossOf = (moved: Float64Array) => float64Losses[kind]?.(moved, targets) ?? Number.NaN;
      const { losses, gradient } = await compute(settings, { logits: [[...logits]], targets: [[...targets]] });
      expectRelative(losses, [lossOf(logits)], 1e-5);
      expectRelative(gradient, differences(logits, lossOf), 1e-5);
    },
  );

  test("stays finite and right for certain predictions", async () => {
    const rows = { logits: [[200, 0, -200]], targets: [[1, 0, 0]] };
    for (const settings of [...softSettings, { kind: "max-suppression" }, { kind: "focal", gamma: 0 }] as const) {
      const { losses, gradient } = await compute(settings, rows);
      expect([...losses, ...gradient].every(Number.isFinite)).toBe(true);
    }
    const wrong = await compute({ kind: "focal", gamma: 2 }, { ...rows, targets: [[0, 0, 1]] });
    expectRelative(wrong.losses, [400], 1e-5);
    expectRelative(wrong.gradient, [1, 0, -1], 1e-5);
  });

  test("squared errors are those of @smoothsweep/smoothing for linear outputs and softmax", async () => {
    const rows = { logits: [[0.5, -1, 2]], targets: [[0.2, 0.7, 0.3]] };
    for (const output of ["linear", "softmax"] as const) {
      const expected = meanSquaredError(rows.logits, rows.targets, { output, reduction: "sum" });
      const { losses, gradient } = await compute({ kind: "squared-error", output }, rows);
      expectRelative(losses, [expected.loss as number], 1e-6);
      expectRelative(gradient, Array.from(expected.gradient[0] as Float64Array), 1e-6);
    }
  });
});
