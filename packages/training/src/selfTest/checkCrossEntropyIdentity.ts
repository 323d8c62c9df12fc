import type { TensorFlow } from "../engines/engine.ts";
import { readTensor } from "../engines/readTensor.ts";
import { softCrossEntropy } from "../losses/softCrossEntropy.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { uniformValues } from "../randomness/uniformValues.ts";
import { type CheckResult, largestDeviation } from "./checkResult.ts";

const ROWS = 16;
const CLASSES = 11;
const EPSILON = 0.1;
const LOGIT_BOUND = 8;
const TOLERANCE = 1e-5;

function smoothedTargets(epsilon: number): Float32Array {
  return Float32Array.from({ length: ROWS * CLASSES }, (_, position) => {
    const label = Math.floor(position / CLASSES) % CLASSES;
    return (position % CLASSES === label ? 1 - epsilon : 0) + epsilon / CLASSES;
  });
}

function lossesAgainst(tf: TensorFlow, logits: Float32Array, epsilon: number): Promise<Float32Array> {
  const losses = tf.tidy(() => {
    const shape: [number, number] = [ROWS, CLASSES];
    const targets = tf.tensor2d(smoothedTargets(epsilon), shape);
    return softCrossEntropy(tf, { logits: tf.tensor2d(logits, shape), targets }).losses;
  });
  return readTensor(losses);
}

/**
 * Uniform smoothing adds exactly e (z_y - mean_k z_k) to the cross entropy:
 * CE(q, p) = CE(onehot, p) + e (z_y - mean z). The right side's second term needs no softmax at all.
 */
export async function checkCrossEntropyIdentity(tf: TensorFlow): Promise<CheckResult[]> {
  const logits = uniformValues(randomStream(7, "self-test/logits"), ROWS * CLASSES, LOGIT_BOUND);
  const hard = await lossesAgainst(tf, logits, 0);
  const expected = Array.from(hard, (loss, row) => {
    const values = logits.subarray(row * CLASSES, (row + 1) * CLASSES);
    const mean = values.reduce((sum, logit) => sum + logit, 0) / CLASSES;
    return loss + EPSILON * ((values[row % CLASSES] as number) - mean);
  });
  const deviation = largestDeviation(await lossesAgainst(tf, logits, EPSILON), expected);
  return [{ name: "cross entropy identity of uniform smoothing", deviation, tolerance: TOLERANCE }];
}
