/** Draws that are thrown away at the start: neighbouring seeds give states that differ in few words. */
const WARM_UP = 16;

/** FNV-1a over the UTF-16 code units of a text, as an unsigned 32-bit number. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
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
 * @param initialState four words that replace the state made of seed and name; for comparison with other libraries
 * @see https://prng.di.unimi.it/xoshiro128starstar.c
 */
export function randomStream(seed: number, name: string, initialState?: Uint32Array): RandomStream {
  const state = initialState ?? mixedState(seed, name);
  // The one state that xoshiro never leaves.
  if (state.every((word) => word === 0)) state[0] = 1;
  const nextUint32 = () => nextWord(state);
  const nextBelow = (bound: number): number => {
    // Rejection: the largest multiple of bound that fits, so that every value is equally likely.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let drawn = nextUint32();
    while (drawn >= limit) drawn = nextUint32();
    return drawn % bound;
  };
  return { nextUint32, nextUnit: () => (nextUint32() >>> 8) / 2 ** 24, nextBelow };
}

/** Two words from the seed and two from the name, so that no two seeds share a stream of the same name. */
function mixedState(seed: number, name: string): Uint32Array {
  const ofSeed = splitmix32(seed);
  const ofName = splitmix32(hashText(name));
  const state = Uint32Array.of(ofSeed(), ofName(), ofSeed(), ofName());
  for (let draw = 0; draw < WARM_UP; draw++) nextWord(state);
  return state;
}

/** One step of xoshiro128**: returns a number and moves the state on. */
function nextWord(state: Uint32Array): number {
  let [a, b, c, d] = state as Uint32Array & [number, number, number, number];
  const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
  const shifted = b << 9;
  c ^= a;
  d ^= b;
  b ^= c;
  a ^= d;
  c ^= shifted;
  d = rotateLeft(d, 11);
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
  return result;
}
