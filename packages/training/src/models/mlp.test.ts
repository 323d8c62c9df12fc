import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectClose } from "../../test/fixtures/closeTo.ts";
import { installedEngines } from "../../test/fixtures/installedEngines.ts";
import type { Engine } from "../engines/engine.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { softCrossEntropy } from "../losses/softCrossEntropy.ts";
import { dropoutMask } from "../randomness/dropoutMask.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { uniformValues } from "../randomness/uniformValues.ts";
import { type ReferenceParameters, referenceLoss } from "../selfTest/referenceMlp.ts";
import { createMlp } from "./mlp.ts";

const SIZES = { features: 9, hidden: 7, classes: 5, rows: 6 };
const { features, hidden, classes, rows } = SIZES;

const inputs = uniformValues(randomStream(3, "inputs"), rows * features, 2);
const targets = uniformValues(randomStream(3, "targets"), rows * classes, 1).map(Math.abs);
/** [hidden, rows], as masks are laid out. */
const mask = dropoutMask(randomStream(3, "mask"), hidden * rows, 0.4);
/** [rows, hidden], as the reference wants them. */
const hiddenFactors = mask.map(
  (_, position) => mask[(position % hidden) * rows + Math.floor(position / hidden)] as number,
);

/** Central differences in float64 of the mean loss with the mask. */
function expectedGradients(initial: readonly Float32Array[]): Float64Array[] {
  const parameters: ReferenceParameters = initial.map((values) => Float64Array.from(values));
  const batch = { inputs, targets: Float64Array.from(targets), hiddenFactors };
  return parameters.map((values) =>
    Float64Array.from(values, (value, index) => {
      const moved = (by: number) => {
        values[index] = value + by;
        return referenceLoss(parameters, batch, SIZES);
      };
      const slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
      values[index] = value;
      return slope;
    }),
  );
}

describe.each(installedEngines)("the perceptron on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  test("has the gradients of finite differences under dropout", () => {
    const { tf } = engine;
    const model = createMlp(
      tf,
      { kind: "mlp", hidden: [hidden], activation: "relu" },
      { inputShape: { kind: "vector", features }, classCount: classes },
    );
    const initial = model.initialValues(7);
    const gradients = tf.tidy(() => {
      const parameters: Tensor[] = initial.map((values, index) =>
        tf.tensor(values, [1, ...(model.shapes[index]?.shape ?? [])]),
      );
      const pass = model.gradients(parameters, tf.tensor2d(inputs, [rows, features]), {
        loss: (logits) => {
          const { gradient } = softCrossEntropy(tf, { logits, targets: tf.tensor3d(targets, [1, rows, classes]) });
          return { gradient: tf.div(gradient, rows) };
        },
        masks: [tf.tensor(mask, [1, ...(model.dropoutShapes(rows)[0]?.shape ?? [])])],
      });
      return tf.concat(pass.gradients.map((gradient) => tf.reshape(gradient, [-1])));
    });
    const expected = expectedGradients(initial).flatMap((values) => Array.from(values));
    expectClose(gradients.dataSync(), expected, 1e-6);
    expect(expected.some((value) => value === 0)).toBe(true);
    gradients.dispose();
  });
});
