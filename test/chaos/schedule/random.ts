import { createHash } from "node:crypto";

/** Random draws that are a function of a text: the same text draws the same, on every machine. */
export interface Random {
  /** A whole number in [low, high]. */
  integer(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
}

/** @param seed Any text. The n-th draw is a hash of it and of n. */
export function createRandom(seed: string): Random {
  let draws = 0;
  const integer = (low: number, high: number) => {
    const hash = createHash("sha256").update(`${seed}:${draws}`).digest();
    draws += 1;
    return low + Math.floor((hash.readUIntBE(0, 6) / 2 ** 48) * (high - low + 1));
  };
  return {
    integer,
    pick: (items) => items[integer(0, items.length - 1)]!,
    shuffle: (items) => {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = integer(0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
      }
      return shuffled;
    },
  };
}
