import type { RandomStream } from "./randomStream.ts";

/**
 * `count` single-precision values of mean 0 and the given standard deviation, within 6 of them. Each is a sum of twelve
 * uniform numbers (Irwin-Hall), which takes additions only: logarithms and cosines may differ in the last bit between
 * machines.
 */
export function normalValues(random: RandomStream, count: number, deviation: number): Float32Array {
  return Float32Array.from({ length: count }, () => {
    let sum = -6;
    for (let term = 0; term < 12; term++) sum += random.nextUnit();
    return sum * deviation;
  });
}
