import type { RandomStream } from "./randomStream.ts";

/** A random order of 0..count-1, every order equally likely (Fisher and Yates). O(count). */
export function permutation(random: RandomStream, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const chosen = random.nextBelow(last + 1);
    const moved = order[chosen] as number;
    order[chosen] = order[last] as number;
    order[last] = moved;
  }
  return order;
}
