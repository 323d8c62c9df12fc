import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { readTensor } from "../engines/readTensor.ts";
import { softCrossEntropy } from "../losses/softCrossEntropy.ts";
import { createMlp } from "../models/mlp.ts";
import type { DataSizes } from "../models/packModel.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { uniformValues } from "../randomness/uniformValues.ts";
import { type CheckResult, largestDeviation } from "./checkResult.ts";
import { type ReferenceParameters, type ReferenceSizes, referenceLoss } from "./referenceMlp.ts";

const SIZES: ReferenceSizes = { features: 9, hidden: 7, classes: 5, rows: 6 };
/** Copies in the pack; each must have the same gradient. */
const COPIES = 2;
/** Half width of the central difference, in float64: error about 1e-10. */
const DIFFERENCE = 1e-5;
const TOLERANCE = 1e-4;

interface Batch {
  readonly inputs: Float32Array;
  readonly targets: Float64Array;
}

function createBatch(): Batch {
  const random = randomStream(7, "self-test/gradient");
  const { rows, features, classes } = SIZES;
  // Rows that do not sum to 1, so that a gradient p - q instead of S p - q is found out.
  const masses = uniformValues(random, rows * classes, 1).map((value) => Math.abs(value));
  return { inputs: uniformValues(random, rows * features, 2), targets: Float64Array.from(masses) };
}

/** Central differences of the float64 loss in every parameter. */
function expectedGradients(initial: readonly Float32Array[], batch: Batch): Float64Array[] {
  const parameters: ReferenceParameters = initial.map((values) => Float64Array.from(values));
  return parameters.map((values) =>
    Float64Array.from(values, (value, index) => {
      values[index] = value + DIFFERENCE;
      const above = referenceLoss(parameters, batch, SIZES);
      values[index] = value - DIFFERENCE;
      const below = referenceLoss(parameters, batch, SIZES);
      values[index] = value;
      return (above - below) / (2 * DIFFERENCE);
    }),
  );
}

function repeated(values: ArrayLike<number>): Float32Array {
  return Float32Array.from({ length: values.length * COPIES }, (_, index) => values[index % values.length] as number);
}

async function actualGradients(
  tf: TensorFlow,
  batch: Batch,
): Promise<{ initial: Float32Array[]; gradients: Float32Array[] }> {
  const { features, hidden, classes, rows } = SIZES;
  const sizes: DataSizes = { inputShape: { kind: "vector", features }, classCount: classes };
  const model = createMlp(tf, { kind: "mlp", hidden: [hidden], activation: "relu" }, sizes);
  const initial = model.initialValues(7);
  const gradients = tf.tidy(() => {
    const parameters: Tensor[] = initial.map((values, index) =>
      tf.tensor(repeated(values), [COPIES, ...(model.shapes[index]?.shape ?? [])]),
    );
    const targets = tf.tensor3d(repeated(batch.targets), [COPIES, rows, classes]);
    const pass = model.gradients(parameters, tf.tensor2d(batch.inputs, [rows, features]), {
      loss: (logits) => ({ gradient: tf.div(softCrossEntropy(tf, { logits, targets }).gradient, rows) }),
      masks: [],
    });
    return [...pass.gradients];
  });
  return { initial, gradients: await Promise.all(gradients.map(readTensor)) };
}

/** Every gradient of a small perceptron, trained as a pack of two, against finite differences in float64. */
export async function checkModelGradient(tf: TensorFlow): Promise<CheckResult[]> {
  const batch = createBatch();
  const { initial, gradients } = await actualGradients(tf, batch);
  return expectedGradients(initial, batch).map((expected, index) => ({
    name: `gradient of parameter ${index} against finite differences`,
    deviation: largestDeviation(gradients[index] as Float32Array, repeated(expected)),
    tolerance: TOLERANCE,
  }));
}
