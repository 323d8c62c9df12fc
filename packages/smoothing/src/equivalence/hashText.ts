const seeds = [0x2f6e2b1, 0x71c2a93d, 0x5bd1e995, 0x1b873593];

/**
 * A 128-bit hash of a text as 32 hexadecimal digits: MurmurHash3 (x86, 32 bits) over its UTF-16 code units under four
 * seeds. Two texts collide by chance about once in 2^64 tries; it is no protection against an adversary.
 * @see Appleby 2011, https://github.com/aappleby/smhasher
 */
export function hashText(text: string): string {
  return seeds.map((seed) => murmur(text, seed).toString(16).padStart(8, "0")).join("");
}

function murmur(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++) {
    const block = Math.imul(rotated(Math.imul(text.charCodeAt(index), 0xcc9e2d51), 15), 0x1b873593);
    hash = (Math.imul(rotated(hash ^ block, 13), 5) + 0xe6546b64) | 0;
  }
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
