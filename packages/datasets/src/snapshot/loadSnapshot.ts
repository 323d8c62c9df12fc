import { type DataSpec, featureCountOf, labelsPerRow } from "@smoothsweep/contracts";
import { findDataset } from "../catalogue/catalogue.ts";
import type { DatasetOptions } from "../fetch/datasetOptions.ts";
import { splitRows } from "../split/splitRows.ts";
import { type RawInputs, readContent } from "./datasetContent.ts";
import { describe, type SnapshotDescription, takeLabels } from "./describeSnapshot.ts";
import { transformInputs } from "./transformInputs.ts";

/** Rows ready for a model. */
export interface SnapshotPart {
  /** Row-major, rows x features. */
  readonly inputs: Float32Array;
  /** Hard labels in [0, classCount): `labelsPerRow` of the input shape for each row. */
  readonly labels: Int32Array;
}

/** Data of one specification, split and transformed. */
export interface Snapshot extends SnapshotDescription {
  readonly train: SnapshotPart;
  readonly validation: SnapshotPart;
  readonly test: SnapshotPart;
  /** Labels of each class in train: what class-prior smoothing mixes with. */
  readonly trainClassCounts: readonly number[];
}

/**
 * Loads the data of a specification, verified, split and transformed. Fetches the data set when it is not there yet;
 * a corrupt file of the cache is fetched again once.
 *
 * @throws AppError `invalid_spec` (`unknown_dataset`, `too_few_rows`), and those of `ensureDataset`.
 */
export async function loadSnapshot(spec: DataSpec, options: DatasetOptions): Promise<Snapshot> {
  const entry = findDataset(spec.dataset);
  const rows = splitRows(spec, entry);
  const { inputs, labels } = await readContent(entry, options);
  const part = (raw: RawInputs, rawLabels: ArrayLike<number>, taken: Uint32Array): SnapshotPart => ({
    inputs: transformInputs(raw, taken, { featureCount: featureCountOf(entry.inputShape), transform: entry.transform }),
    labels: takeLabels(rawLabels, taken, labelsPerRow(entry.inputShape)),
  });
  const description = describe(entry, rows, labels);
  return {
    ...description,
    train: part(inputs.train, labels.train, rows.train),
    validation: part(inputs.train, labels.train, rows.validation),
    test: part(inputs.test, labels.test, rows.test),
    trainClassCounts: description.classCounts.train,
  };
}
