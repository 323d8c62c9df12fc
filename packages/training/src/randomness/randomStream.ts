const WORDS = 4;

/** FNV-1a over the UTF-16 code units of a text, as an unsigned 32-bit number. */
function hashText(text: string, basis: number): number {
  let hash = basis >>> 0;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** splitmix32: spreads a counter over all 32 bits; used to fill the state, as Vigna recommends for xoshiro. */
function splitmix32(seed: number): () => number {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let mixed = counter;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** A reproducible source of random numbers: the same everywhere, on every engine and version of Node. */
export interface RandomStream {
  /** A whole number in [0, 2^32). */
  nextUint32(): number;
  /** A real number in [0, 1), a multiple of 2^-24 and therefore exact in single precision. */
  nextUnit(): number;
  /** A whole number in [0, bound), without bias. `bound` must be in [1, 2^32]. */
  nextBelow(bound: number): number;
}

/**
 * The stream of random numbers that belongs to a seed and a name. Streams of different names are independent, so that
 * drawing more for one purpose never moves another: initialisation does not change when an epoch is added.
 *
 * Generator: xoshiro128** 1.1 (Blackman and Vigna 2018), period 2^128 - 1.
 *
 * @param seed the trial's seed, a whole number in [0, 2^32)
 * @param name the purpose, such as `order/3`
 * @see https://prng.di.unimi.it/xoshiro128starstar.c
 */
export function randomStream(seed: number, name: string): RandomStream {
  const fill = splitmix32(hashText(name, (0x811c9dc5 ^ seed) >>> 0));
  const state = Uint32Array.from({ length: WORDS }, fill) as Uint32Array & {
    0: number;
    1: number;
    2: number;
    3: number;
  };
  if (state.every((word) => word === 0)) state[0] = 1;

  const nextUint32 = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotateLeft(state[3], 11);
    return result;
  };
  const nextBelow = (bound: number): number => {
    // Rejection: the largest multiple of bound that fits, so that every value is equally likely.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let drawn = nextUint32();
    while (drawn >= limit) drawn = nextUint32();
    return drawn % bound;
  };
  return { nextUint32, nextUnit: () => (nextUint32() >>> 8) / 2 ** 24, nextBelow };
}
