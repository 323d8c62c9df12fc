import { featureCountOf, type InputShape, invalidSpec } from "@smoothsweep/contracts";
import type { DatasetEntry } from "./datasetEntry.ts";
import { imdb } from "./imdb.ts";
import { mnist } from "./mnist.ts";
import { mobyDick } from "./mobyDick.ts";
import { syntheticBlobs } from "./syntheticBlobs.ts";
import { syntheticLanguage } from "./syntheticLanguage.ts";
import { syntheticTopics } from "./syntheticTopics.ts";

/** Every data set that smoothsweep knows: a new one is a new row here. */
const catalogue: readonly DatasetEntry[] = [mnist, imdb, mobyDick, syntheticBlobs, syntheticTopics, syntheticLanguage];

/** How much of a data set there is: what the validation of a specification needs to know. */
export interface DatasetLimits {
  /** Rows of the training part; train and validation together cannot have more. */
  readonly trainRows: number;
  readonly testRows: number;
  readonly classCount: number;
  readonly featureCount: number;
  readonly inputShape: InputShape;
}

/** A data set as the catalogue lists it. */
export interface DatasetSummary extends DatasetLimits {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly isSynthetic: boolean;
  readonly classNames: readonly string[];
  /** Bytes to download; 0 when nothing is. */
  readonly downloadBytes: number;
}

/** Every known data set, in the catalogue's order. */
export function knownDatasets(): readonly DatasetSummary[] {
  return catalogue.map((entry) => ({
    name: entry.name,
    title: entry.title,
    description: entry.description,
    isSynthetic: entry.isSynthetic,
    classNames: entry.classNames,
    downloadBytes: entry.origin.kind === "npm-package" ? entry.origin.tarballBytes : 0,
    ...limitsOf(entry),
  }));
}

/** The limits of a data set, or undefined when there is none of that name. */
export function datasetLimits(name: string): DatasetLimits | undefined {
  const entry = catalogue.find((candidate) => candidate.name === name);
  return entry === undefined ? undefined : limitsOf(entry);
}

/**
 * The catalogue's entry of that name.
 * @throws AppError `invalid_spec` with the issue `unknown_dataset`.
 */
export function findDataset(name: string): DatasetEntry {
  const entry = catalogue.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  const names = catalogue.map((known) => known.name).join(", ");
  const message = `\`data.dataset\` must be one of ${names}, got ${JSON.stringify(name)}`;
  throw invalidSpec([{ path: "data.dataset", code: "unknown_dataset", message, value: name }]);
}

function limitsOf(entry: DatasetEntry): DatasetLimits {
  return {
    trainRows: entry.trainRows,
    testRows: entry.testRows,
    classCount: entry.classNames.length,
    featureCount: featureCountOf(entry.inputShape),
    inputShape: entry.inputShape,
  };
}
