import type { NumberedTexts } from "./numberWords.ts";

/** Ids that no word has: what fills rows up, and words that are not in the vocabulary. */
export const PADDING = 0;
const UNKNOWN = 1;

/**
 * The id of every word, by its number: the most frequent ones have ids from 2 on, most frequent first; of equally frequent
 * ones the first in the order of their code units. All others are unknown, 1.
 *
 * @param texts whose words are counted: those of the training part (law 5 of the design)
 * @param size of the vocabulary, the two reserved ids included
 */
export function vocabularyIds({ words, rows }: NumberedTexts, size: number): Int16Array {
  const counts = new Uint32Array(words.length);
  for (const row of rows) for (const word of row) counts[word]! += 1;
  const before = (one: number, other: number) => ((words[one] as string) < (words[other] as string) ? -1 : 1);
  const ranked = words
    .map((_, word) => word)
    .filter((word) => counts[word] !== 0)
    .sort((one, other) => (counts[other] as number) - (counts[one] as number) || before(one, other));
  const ids = new Int16Array(words.length).fill(UNKNOWN);
  ranked.slice(0, size - 2).forEach((word, rank) => {
    ids[word] = rank + 2;
  });
  return ids;
}

/** Rows of ids, filled up at the end: rows x length. */
export function toTokens(rows: readonly Uint32Array[], ids: Int16Array, length: number): Int16Array {
  const tokens = new Int16Array(rows.length * length).fill(PADDING);
  rows.forEach((row, index) => {
    row.forEach((word, place) => {
      tokens[index * length + place] = ids[word] as number;
    });
  });
  return tokens;
}
