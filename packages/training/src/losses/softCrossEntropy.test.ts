import { readFileSync } from "node:fs";
import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectRelative } from "../../test/fixtures/closeTo.ts";
import { everyInstalledEngine } from "../../test/fixtures/installedEngines.ts";
import { provideVulkan } from "../../test/fixtures/softwareVulkan.ts";
import type { Engine } from "../engines/engine.ts";
import { readTensor } from "../engines/readTensor.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { softCrossEntropy } from "./softCrossEntropy.ts";

interface GoldenCase {
  id: string;
  kind: string;
  logits: number[][];
  targetProbabilities: number[][];
  labelSmoothing: number;
  classWeights: number[] | null;
  reduction: "mean" | "sum" | "none";
  loss: number | number[];
  gradient: number[][];
}

const goldenFile = new URL("../../../testkit/golden/cross_entropy.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(goldenFile, "utf8")) as { cases: GoldenCase[] };
const goldenCases = cases.filter(
  ({ kind, logits }) => kind === "crossEntropyProbability" && typeof logits[0]?.[0] === "number",
);

/** The targets that the loss really sees: smoothed, each class's term weighted as PyTorch does. */
function effectiveTargets(golden: GoldenCase): number[][] {
  const { labelSmoothing, classWeights } = golden;
  return golden.targetProbabilities.map((row) =>
    row.map((mass, k) => (mass * (1 - labelSmoothing) + labelSmoothing / row.length) * (classWeights?.[k] ?? 1)),
  );
}

describe.each(everyInstalledEngine)("softCrossEntropy on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    provideVulkan();
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  async function compute(logits: number[][], targets: number[][]) {
    const { tf } = engine;
    const result = tf.tidy(() => {
      const { losses, gradient } = softCrossEntropy<Tensor>(tf, {
        logits: tf.tensor2d(logits),
        targets: tf.tensor2d(targets),
      });
      return { losses, gradient };
    });
    const losses = Array.from(await readTensor(result.losses));
    return { losses, gradient: Array.from(await readTensor(result.gradient)) };
  }

  test.each(goldenCases.map((golden) => [golden.id, golden] as const))(
    "gives PyTorch's loss and gradient for any row sum within 1e-5: %s",
    async (_, golden) => {
      const { losses, gradient } = await compute(golden.logits, effectiveTargets(golden));
      const divisor = golden.reduction === "mean" ? golden.logits.length : 1;
      const loss = golden.reduction === "none" ? losses : [losses.reduce((sum, value) => sum + value, 0) / divisor];
      expectRelative(loss, [golden.loss].flat(), 1e-5);
      expectRelative(
        gradient.map((value) => value / divisor),
        golden.gradient.flat(),
        1e-5,
      );
    },
  );

  test("stays finite for logits as large as 1e4", async () => {
    const { losses, gradient } = await compute([[1e4, -1e4, 0]], [[0.1, 0.8, 0.1]]);
    expect(losses[0]).toBeCloseTo(0.8 * 2e4 + 0.1 * 1e4, 0);
    expect(gradient).toEqual([expect.closeTo(0.9, 5), expect.closeTo(-0.8, 5), expect.closeTo(-0.1, 5)]);
  });
});
