/** A generator of equally likely 32-bit numbers. */
export type Uint32Source = () => number;

/**
 * Mulberry32: 32 bits of state, whole-number arithmetic only, so that every language draws the same numbers.
 *
 * @param seed A whole number in [0, 2^32).
 * @returns A function that draws the next number in [0, 2^32); divided by 2^32 it is the usual one in [0, 1).
 * @see Tommy Ettinger (2017), mulberry32
 */
export function mulberry32(seed: number): Uint32Source {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
