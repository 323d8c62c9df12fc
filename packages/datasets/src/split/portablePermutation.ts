import { mulberry32 } from "./mulberry32.ts";

/**
 * A permutation of 0 .. count - 1 that every language draws alike: Fisher-Yates from the last place down, with
 * j = floor(mulberry32() * (i + 1)).
 *
 * @param count Places to permute, a whole number in [0, 2^32).
 * @param seed A whole number in [0, 2^32).
 */
export function portablePermutation(count: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, place) => place);
  const draw = mulberry32(seed);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor((draw() / 2 ** 32) * (last + 1));
    const moved = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}
