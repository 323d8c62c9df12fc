import type { TensorFlow } from "../engines/engine.ts";
import { readTensor } from "../engines/readTensor.ts";
import { sumsOfSquares } from "../optimizers/gradientNorms.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { uniformValues } from "../randomness/uniformValues.ts";
import { type CheckResult, largestDeviation } from "./checkResult.ts";

/** More than a GPU's shader has buffers: models have that many parameters, and a GPU may fail without a word. */
const TENSORS = 40;
const COPIES = 3;
const WIDTH = 5;
const TOLERANCE = 1e-5;

/** Sums over many tensors, as norms of weights and gradients take them, against float64. */
export async function checkSums(tf: TensorFlow): Promise<CheckResult[]> {
  const values = Array.from({ length: TENSORS }, (_, index) =>
    uniformValues(randomStream(7, `self-test/sums/${index}`), COPIES * WIDTH, 1),
  );
  const squares = tf.tidy(() =>
    sumsOfSquares(
      tf,
      values.map((tensor) => tf.tensor2d(tensor, [COPIES, WIDTH])),
    ),
  );
  const expected = Float64Array.from({ length: COPIES }, (_, copy) => {
    const own = values.flatMap((tensor) => Array.from(tensor.subarray(copy * WIDTH, (copy + 1) * WIDTH)));
    return own.reduce((sum, value) => sum + value * value, 0);
  });
  const deviation = largestDeviation(await readTensor(squares), expected);
  return [{ name: `sum of squares over ${TENSORS} tensors`, deviation, tolerance: TOLERANCE }];
}
