import { logSoftmax } from "../numerics/logSoftmax.ts";
import { checkFiniteNumbers } from "../validation/checkFiniteNumbers.ts";
import { checkRange } from "../validation/checkRange.ts";

/**
 * A teacher's soft labels: u = softmax(z / T).
 *
 * @param logits z, K finite numbers
 * @param temperature T above 0 (default 1); larger is softer
 * @returns u, which sums to 1
 * @throws ArgumentError `not_finite`, `out_of_range`, `empty_input`
 * @see Hinton et al. 2015, https://arxiv.org/abs/1503.02531
 */
export function teacherDistribution(logits: readonly number[], temperature = 1): number[] {
  checkFiniteNumbers("logits", logits);
  checkRange("temperature", temperature, { min: 0, open: true });
  const largest = logits.reduce((a, b) => Math.max(a, b));
  // Taking the largest out before dividing keeps z / T finite for every T above 0.
  const scaled = logits.map((logit) => Math.max(-Number.MAX_VALUE, (logit - largest) / temperature));
  return Array.from(logSoftmax(scaled), Math.exp);
}
