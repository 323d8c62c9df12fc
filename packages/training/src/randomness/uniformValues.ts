import type { RandomStream } from "./randomStream.ts";

/** `count` single-precision values drawn uniformly from [-bound, bound). */
export function uniformValues(random: RandomStream, count: number, bound: number): Float32Array {
  return Float32Array.from({ length: count }, () => (2 * random.nextUnit() - 1) * bound);
}
