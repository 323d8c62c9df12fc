import { type DataSpec, featureCountOf, type InputShape, labelsPerRow } from "@smoothsweep/contracts";
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
  readonly inputShape: InputShape;
  /** Labels of each class, by part. */
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
  const perRow = labelsPerRow(entry.inputShape);
  return {
    id: snapshotId(entry, rows),
    dataset: entry.name,
    isSynthetic: entry.isSynthetic,
    classCount,
    classNames: entry.classNames,
    featureCount: featureCountOf(entry.inputShape),
    inputShape: entry.inputShape,
    classCounts: {
      train: countClasses(takeLabels(labels.train, rows.train, perRow), classCount),
      validation: countClasses(takeLabels(labels.train, rows.validation, perRow), classCount),
      test: countClasses(takeLabels(labels.test, rows.test, perRow), classCount),
    },
  };
}

/** The labels of some rows, in the order given; `perRow` of each. */
export function takeLabels(labels: ArrayLike<number>, rows: Uint32Array, perRow: number): Int32Array {
  return Int32Array.from({ length: rows.length * perRow }, (_, place) => {
    const row = rows[Math.floor(place / perRow)] as number;
    return labels[row * perRow + (place % perRow)] ?? -1;
  });
}

function countClasses(labels: Int32Array, classCount: number): number[] {
  const counts = new Array<number>(classCount).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
