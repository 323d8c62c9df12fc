import type { RandomStream } from "./randomStream.ts";

/**
 * Factors of inverted dropout: 0 with probability `rate`, else 1 / (1 - rate), so that the mean stays.
 * @param rate in [0, 1)
 */
export function dropoutMask(random: RandomStream, count: number, rate: number): Float32Array {
  const threshold = rate * 2 ** 32;
  const kept = 1 / (1 - rate);
  const mask = new Float32Array(count);
  for (let index = 0; index < count; index++) mask[index] = random.nextUint32() < threshold ? 0 : kept;
  return mask;
}
