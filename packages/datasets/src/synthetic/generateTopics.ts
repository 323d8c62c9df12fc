import { mulberry32 } from "../split/mulberry32.ts";
import { bothParts, type GeneratedArrays } from "./generatedArrays.ts";

export interface TopicOptions {
  readonly seed: number;
  readonly trainRows: number;
  readonly testRows: number;
  readonly classCount: number;
  /** Token ids are below this; 0 is padding. */
  readonly vocabulary: number;
  /** Tokens of the longest row; the shortest has an eighth of them. */
  readonly length: number;
}

/** Words that belong to a topic; the first ids after padding, topic after topic. */
const WORDS_PER_TOPIC = 20;
/** Share of a row's words that are of its topic's own. */
const OWN_SHARE = 0.2;

/**
 * Rows of words about a topic, classes in turn (row i belongs to class i mod K), filled up with padding. A word is one
 * of the topic's own with probability 0.2, else any word, low ids more often. Short rows may have no word of their topic,
 * and any word may come up in any row, so that no model is right about every row.
 */
export function generateTopics(options: TopicOptions): GeneratedArrays {
  const { classCount, vocabulary, length } = options;
  const draw = mulberry32(options.seed);
  const uniform = () => draw() / 2 ** 32;
  const below = (count: number) => Math.floor(uniform() * count);
  const word = (topic: number): number => {
    if (uniform() < OWN_SHARE) return 1 + topic * WORDS_PER_TOPIC + below(WORDS_PER_TOPIC);
    const skewed = uniform() * uniform();
    return 1 + Math.floor(skewed * (vocabulary - 1));
  };
  return bothParts(options, (rows) => {
    const inputs = new Float32Array(rows * length);
    const labels = Int32Array.from({ length: rows }, (_, row) => row % classCount);
    labels.forEach((topic, row) => {
      const shortest = Math.ceil(length / 8);
      const count = shortest + below(length - shortest + 1);
      for (let place = 0; place < count; place += 1) inputs[row * length + place] = word(topic);
    });
    return { inputs, labels };
  });
}
