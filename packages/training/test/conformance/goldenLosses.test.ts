import type { Tensor } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import type { Engine } from "../../src/engines/engine.ts";
import { readTensor } from "../../src/engines/readTensor.ts";
import { computeLoss } from "../../src/losses/computeLoss.ts";
import type { LossSettings } from "../../src/settings/lossSettings.ts";
import { expectClose } from "../fixtures/closeTo.ts";
import { type GoldenCase, goldenCases, goldenDivisor } from "../fixtures/goldenCases.ts";
import { describeEngines } from "./conformingEngines.ts";

const TOLERANCE = 1e-5;

/** The loss that a kind of golden case is about. */
const settingsOf: Record<string, (golden: GoldenCase) => LossSettings> = {
  crossEntropyProbability: () => ({ kind: "cross-entropy" }),
  focal: ({ gamma }) => ({ kind: "focal", gamma }),
  confidencePenalty: ({ beta }) => ({ kind: "confidence-penalty", beta }),
  marginLabelSmoothing: ({ margin, penaltyWeight: weight }) => ({ kind: "margin-label-smoothing", margin, weight }),
  maxSup: () => ({ kind: "max-suppression" }),
  meanSquaredError: ({ output }) => ({ kind: "squared-error", output }),
};

/** The targets that the loss sees: hard, or as PyTorch smooths and weights probabilities. */
function targetsOf({ kind, logits, targets, targetProbabilities, labelSmoothing, classWeights }: GoldenCase) {
  if (targetProbabilities === undefined) {
    return logits.map((row, index) => row.map((_, k) => (k === targets[index] ? 1 : 0)));
  }
  if (kind !== "crossEntropyProbability") return targetProbabilities;
  return targetProbabilities.map((row) =>
    row.map((mass, k) => (mass * (1 - labelSmoothing) + labelSmoothing / row.length) * (classWeights?.[k] ?? 1)),
  );
}

async function compute({ tf }: Engine, golden: GoldenCase): Promise<{ losses: number[]; gradient: number[] }> {
  const settings = settingsOf[golden.kind]?.(golden) as LossSettings;
  const [losses, gradient] = tf.tidy((): Tensor[] => {
    const told = computeLoss<Tensor>(tf, [settings], {
      logits: tf.tensor2d(golden.logits),
      targets: tf.tensor2d(targetsOf(golden)),
      strengths: tf.fill([golden.logits.length, 1], golden.epsilon ?? 0),
    });
    return [told.losses, told.gradient];
  }) as [Tensor, Tensor];
  return { losses: Array.from(await readTensor(losses)), gradient: Array.from(await readTensor(gradient)) };
}

const cases = goldenCases(...Object.keys(settingsOf)).filter(({ logits }) => typeof logits[0]?.[0] === "number");

test("there are golden cases of every loss", () => {
  expect(new Set(cases.map(({ kind }) => kind)).size).toBe(Object.keys(settingsOf).length);
});

describeEngines("golden losses", (engine) => {
  test.each(cases.map((golden) => [golden.id, golden] as const))(
    "give PyTorch's loss and gradient within 1e-5: %s",
    async (_, golden) => {
      const { losses, gradient } = await compute(engine.current(), golden);
      const divisor = goldenDivisor(golden);
      const total = losses.reduce((sum, value) => sum + value, 0) / divisor;
      expectClose(golden.reduction === "none" ? losses : [total], [golden.loss].flat(), TOLERANCE);
      const scaled = gradient.map((value) => value / divisor);
      expectClose(scaled, golden.gradient.flat(), TOLERANCE);
    },
  );
});
