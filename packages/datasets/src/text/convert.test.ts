import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readIdx } from "../readers/readIdx.ts";
import { convertImdb } from "./convertImdb.ts";
import { convertMobyDick } from "./convertMobyDick.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoothsweep-text-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const numbersOf = (bytes: Uint8Array) => Array.from(readIdx(bytes, "made").values);

describe("reviews", () => {
  const reviews = [
    { t: "Bad, bad film", s: 0 },
    { t: "bad<br />acting", s: 0 },
    { t: "Bad, bad film", s: 0 },
    { t: "It's a dull, bad plot", s: 0 },
    { t: "good film", s: 1 },
    { t: "a superb film of good acting", s: 1 },
    { t: "superb superb superb", s: 1 },
  ];

  test("come once each, blame and praise in turn, as the ids of their last words", async () => {
    await writeFile(join(folder, "reviews.json"), JSON.stringify(reviews));
    const made = await convertImdb(folder, { trainRows: 4, testRows: 2, length: 3, vocabulary: 5 });
    expect(numbersOf(made.trainLabels)).toEqual([0, 1, 0, 1]);
    expect(numbersOf(made.testLabels)).toEqual([0, 1]);
    // Among the last three words of the training rows: bad 3 times; acting, film, good twice each, in this order.
    const [bad, acting, film] = [2, 3, 4];
    const [padding, unknown] = [0, 1];
    expect(numbersOf(made.trainInputs)).toEqual([
      ...[bad, bad, film],
      ...[unknown, film, padding],
      ...[bad, acting, padding],
      ...[unknown, unknown, acting],
    ]);
    // Superb is frequent in the test part alone, so that its id is that of unknown words.
    expect(numbersOf(made.testInputs)).toEqual([unknown, bad, unknown, unknown, unknown, unknown]);
  });
});

describe("the novel", () => {
  test("is cut into rows that follow one another, with the next character as label, from chapter 1 to the epilogue", async () => {
    for (let chapter = 1; chapter <= 135; chapter += 1) {
      await writeFile(
        join(folder, `chapter_${chapter}.json`),
        JSON.stringify({ text: chapter === 1 ? "Ab—\n B" : "a" }),
      );
    }
    await writeFile(join(folder, "epilogue.json"), JSON.stringify({ text: "b8" }));
    const characters = [" ", "a", "b", "-", "other"];
    // "ab- b a a a ... a b8"
    const made = await convertMobyDick(folder, { trainRows: 1, testRows: 54, length: 5, characters });
    expect(numbersOf(made.trainInputs)).toEqual([1, 2, 3, 0, 2]);
    expect(numbersOf(made.trainLabels)).toEqual([2, 3, 0, 2, 0]);
    const [inputs, labels] = [numbersOf(made.testInputs), numbersOf(made.testLabels)];
    expect(labels.slice(0, -1)).toEqual(inputs.slice(1));
    expect(labels.slice(-2)).toEqual([2, 4]);
  });
});
