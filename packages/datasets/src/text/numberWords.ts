import { setImmediate } from "node:timers/promises";

/** Texts between two breaths of the event loop: a few milliseconds. */
const TEXTS_AT_ONCE = 200;

/** Texts as numbers of words. */
export interface NumberedTexts {
  /** Every word that occurs, at its number. */
  readonly words: readonly string[];
  /** One array per text: its last words, in order. */
  readonly rows: readonly Uint32Array[];
}

/** A text's words: letters a to z, digits and apostrophes, in lower case; marks of HTML and all else part words. */
function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/<[^>]*>/g, " ")
      .match(/[a-z0-9']+/g) ?? []
  );
}

/**
 * Numbers the words of texts as they first come, keeping at most the last `length` of each text. Lets the event loop
 * breathe: the API does this while it serves.
 */
export async function numberWords(texts: readonly string[], length: number): Promise<NumberedTexts> {
  const numbers = new Map<string, number>();
  const numberOf = (word: string) => {
    const known = numbers.get(word) ?? numbers.size;
    numbers.set(word, known);
    return known;
  };
  const rows: Uint32Array[] = [];
  for (const text of texts) {
    if (rows.length % TEXTS_AT_ONCE === 0) await setImmediate();
    rows.push(Uint32Array.from(wordsOf(text).slice(-length), numberOf));
  }
  return { words: [...numbers.keys()], rows };
}
