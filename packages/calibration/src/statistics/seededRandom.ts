import { requireFinite } from "../validation/requireNumber.ts";

/** Source of uniform numbers in [0, 1). `Math.random` is one, but does not repeat. */
export type RandomSource = () => number;

/**
 * Repeatable random source: the same seed gives the same numbers on every machine.
 *
 * SplitMix32 over a 32-bit counter, two outputs per number for 53 bits. For resampling, not for secrets.
 *
 * @param seed - any finite number; its integer part modulo 2^32 is used
 * @returns a function that yields uniform numbers in [0, 1)
 * @throws {ArgumentError} when the seed is not finite
 * @see Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014
 */
export function seededRandom(seed: number): RandomSource {
  let state = requireFinite("seed", seed) | 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return () => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 0x20000000000000;
}
