export { type DatasetLimits, type DatasetSummary, datasetLimits, knownDatasets } from "./catalogue/catalogue.ts";
export type { DatasetOptions, DatasetProgress } from "./fetch/datasetOptions.ts";
export { type DatasetPlace, ensureDataset } from "./fetch/ensureDataset.ts";
export { describeSnapshot, type SnapshotDescription } from "./snapshot/describeSnapshot.ts";
export { loadSnapshot, type Snapshot, type SnapshotPart } from "./snapshot/loadSnapshot.ts";
