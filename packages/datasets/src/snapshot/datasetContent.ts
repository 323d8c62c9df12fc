import { AppError, featureCountOf, labelsPerRow } from "@smoothsweep/contracts";
import {
  type DatasetArray,
  type DatasetEntry,
  datasetArrays,
  type GeneratedEntry,
  isPackaged,
  type PackagedEntry,
} from "../catalogue/datasetEntry.ts";
import type { DatasetOptions } from "../fetch/datasetOptions.ts";
import { withFiles } from "../fetch/ensureDataset.ts";
import { readPinned, sha256 } from "../fetch/pinnedContent.ts";
import { readIdx } from "../readers/readIdx.ts";

/** Raw rows of inputs, row-major. */
export type RawInputs = Uint8Array | Int16Array | Float32Array;

/** The labels of both parts, verified. */
export interface DatasetLabels {
  readonly train: ArrayLike<number>;
  readonly test: ArrayLike<number>;
}

/** Everything of a data set, verified. */
export interface DatasetContent {
  readonly inputs: { readonly train: RawInputs; readonly test: RawInputs };
  readonly labels: DatasetLabels;
}

/** The pinned hashes of a data set's arrays. */
export function contentHashes(entry: DatasetEntry): Readonly<Record<DatasetArray, string>> {
  if (!isPackaged(entry)) return (entry as GeneratedEntry).origin.sha256;
  const { files } = entry.origin;
  const hashes = datasetArrays.map((array) => [array, files[array].sha256] as const);
  return Object.fromEntries(hashes) as Record<DatasetArray, string>;
}

/** Reads only the labels: kilobytes, where the inputs are megabytes. */
export async function readLabels(entry: DatasetEntry, options: DatasetOptions): Promise<DatasetLabels> {
  if (!isPackaged(entry)) return generate(entry as GeneratedEntry).labels;
  return withFiles(entry, options, ({ directory }) => readLabelFiles(entry, directory));
}

/** Reads everything. */
export async function readContent(entry: DatasetEntry, options: DatasetOptions): Promise<DatasetContent> {
  if (!isPackaged(entry)) return generate(entry as GeneratedEntry);
  return withFiles(entry, options, async ({ directory }) => ({
    inputs: {
      train: await readArray(entry, directory, "trainInputs"),
      test: await readArray(entry, directory, "testInputs"),
    },
    labels: await readLabelFiles(entry, directory),
  }));
}

async function readLabelFiles(entry: PackagedEntry, directory: string): Promise<DatasetLabels> {
  const train = await readArray(entry, directory, "trainLabels");
  const test = await readArray(entry, directory, "testLabels");
  return { train, test };
}

async function readArray(
  entry: PackagedEntry,
  directory: string,
  array: DatasetArray,
): Promise<Uint8Array | Int16Array> {
  const file = entry.origin.files[array];
  const { shape, values } = readIdx(await readPinned(directory, file), file.name);
  const rows = array.startsWith("train") ? entry.trainRows : entry.testRows;
  const rowLength = array.endsWith("Inputs") ? featureCountOf(entry.inputShape) : labelsPerRow(entry.inputShape);
  if (shape[0] === rows && values.length === rows * rowLength) return values;
  throw new AppError("dataset_corrupt", `\`${file.name}\` must hold ${rows} rows, got ${shape.join(" x ")}`);
}

function generate(entry: GeneratedEntry): DatasetContent {
  const { origin } = entry;
  const made = origin.generate();
  for (const array of datasetArrays) {
    const found = sha256(made[array]);
    if (found === origin.sha256[array]) continue;
    const message = `\`${entry.name}\` ${array} must have the SHA-256 ${origin.sha256[array]}, got ${found}`;
    throw new AppError("dataset_corrupt", message, { context: { dataset: entry.name, array } });
  }
  return {
    inputs: { train: made.trainInputs, test: made.testInputs },
    labels: { train: made.trainLabels, test: made.testLabels },
  };
}
