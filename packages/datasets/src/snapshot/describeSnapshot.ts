import type { DataSpec } from "@smoothsweep/contracts";
import { findDataset } from "../catalogue/catalogue.ts";
import type { DatasetEntry } from "../catalogue/datasetEntry.ts";
import type { DatasetOptions } from "../fetch/datasetOptions.ts";
import { type SplitRows, splitRows } from "../split/splitRows.ts";
import { type DatasetLabels, readLabels } from "./datasetContent.ts";
import { snapshotId } from "./snapshotId.ts";

/** What there is to know about a snapshot without its inputs. */
export interface SnapshotDescription {
  /** The same id that loading the snapshot gives: `sha256:...`. */
  readonly id: string;
  readonly dataset: string;
  readonly isSynthetic: boolean;
  readonly classCount: number;
  readonly classNames: readonly string[];
  readonly featureCount: number;
  /** Rows of each class, by part. */
  readonly classCounts: {
    readonly train: readonly number[];
    readonly validation: readonly number[];
    readonly test: readonly number[];
  };
}

/**
 * Describes the data of a specification by reading labels only, in milliseconds. Fetches the data set when it is not
 * there yet.
 *
 * @throws AppError `invalid_spec` (`unknown_dataset`, `too_few_rows`), and those of `ensureDataset`.
 */
export async function describeSnapshot(spec: DataSpec, options: DatasetOptions): Promise<SnapshotDescription> {
  const entry = findDataset(spec.dataset);
  const rows = splitRows(spec, entry);
  return describe(entry, rows, await readLabels(entry, options));
}

/** The description of a split whose labels are at hand. */
export function describe(entry: DatasetEntry, rows: SplitRows, labels: DatasetLabels): SnapshotDescription {
  const classCount = entry.classNames.length;
  return {
    id: snapshotId(entry, rows),
    dataset: entry.name,
    isSynthetic: entry.isSynthetic,
    classCount,
    classNames: entry.classNames,
    featureCount: entry.featureCount,
    classCounts: {
      train: countClasses(takeLabels(labels.train, rows.train), classCount),
      validation: countClasses(takeLabels(labels.train, rows.validation), classCount),
      test: countClasses(takeLabels(labels.test, rows.test), classCount),
    },
  };
}

/** The labels of some rows, in the order given. */
export function takeLabels(labels: ArrayLike<number>, rows: Uint32Array): Int32Array {
  return Int32Array.from(rows, (row) => labels[row] ?? -1);
}

function countClasses(labels: Int32Array, classCount: number): number[] {
  const counts = new Array<number>(classCount).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
