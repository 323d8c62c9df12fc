import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetArray } from "../catalogue/datasetEntry.ts";
import { writeIdx } from "../readers/writeIdx.ts";

/** Chapters of the novel; the epilogue follows. */
const CHAPTERS = 135;

/** How text is cut into rows, and the characters that are told apart; the last one stands for all others. */
export interface CharacterSizes {
  readonly trainRows: number;
  readonly testRows: number;
  readonly length: number;
  readonly characters: readonly string[];
}

/** The novel from chapter 1 to the epilogue, in lower case, with plain dashes and single blanks. */
async function readNovel(directory: string): Promise<string> {
  const names = Array.from({ length: CHAPTERS }, (_, index) => `chapter_${index + 1}`);
  const texts = [...names, "epilogue"].map(async (name) => {
    const chapter = JSON.parse(await readFile(join(directory, `${name}.json`), "utf8")) as { text: string };
    return chapter.text;
  });
  return (await Promise.all(texts)).join(" ").toLowerCase().replace(/—/g, "-").replace(/\s+/g, " ").trim();
}

/** Rows of characters' numbers that follow one another; a row's labels are its characters one place on. */
export async function convertMobyDick(
  directory: string,
  { trainRows, testRows, length, characters }: CharacterSizes,
): Promise<Record<DatasetArray, Uint8Array>> {
  const numbers = new Map(characters.map((character, index) => [character, index]));
  const novel = Array.from(await readNovel(directory), (character) => numbers.get(character) ?? characters.length - 1);
  const piece = (fromRow: number, rows: number, shift: number) => {
    const start = fromRow * length + shift;
    return writeIdx([rows, length], Uint8Array.from(novel.slice(start, start + rows * length)));
  };
  return {
    trainInputs: piece(0, trainRows, 0),
    trainLabels: piece(0, trainRows, 1),
    testInputs: piece(trainRows, testRows, 0),
    testLabels: piece(trainRows, testRows, 1),
  };
}
