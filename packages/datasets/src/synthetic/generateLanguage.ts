import { mulberry32 } from "../split/mulberry32.ts";
import { bothParts, type GeneratedArrays } from "./generatedArrays.ts";

export interface LanguageOptions {
  readonly seed: number;
  readonly trainRows: number;
  readonly testRows: number;
  readonly vocabulary: number;
  /** Tokens of a row. */
  readonly length: number;
}

/** Probabilities of the successors that a pair of tokens prefers; what is left goes to all tokens alike. */
const PREFERRED = [0.5, 0.2, 0.1];

/**
 * Text whose next token depends on the two before it: each pair prefers three successors, drawn once, with probability
 * 0.5, 0.2 and 0.1; with 0.2 any token follows. Rows are pieces of their own; a row's labels are its tokens one place on.
 */
export function generateLanguage(options: LanguageOptions): GeneratedArrays {
  const { vocabulary, length } = options;
  const draw = mulberry32(options.seed);
  const below = (count: number) => Math.floor((draw() / 2 ** 32) * count);
  const successors = Uint32Array.from({ length: vocabulary ** 2 * PREFERRED.length }, () => below(vocabulary));
  const next = (first: number, second: number): number => {
    let unit = draw() / 2 ** 32;
    for (const [rank, probability] of PREFERRED.entries()) {
      if (unit < probability) return successors[(first * vocabulary + second) * PREFERRED.length + rank] ?? 0;
      unit -= probability;
    }
    return below(vocabulary);
  };
  return bothParts(options, (rows) => {
    const inputs = new Float32Array(rows * length);
    const labels = new Int32Array(rows * length);
    for (let row = 0; row < rows; row += 1) {
      let [before, current] = [below(vocabulary), below(vocabulary)];
      for (let place = row * length; place < (row + 1) * length; place += 1) {
        const following = next(before, current);
        inputs[place] = current;
        labels[place] = following;
        [before, current] = [current, following];
      }
    }
    return { inputs, labels };
  });
}
