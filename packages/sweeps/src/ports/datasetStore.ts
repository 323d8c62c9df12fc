import type { DataSpec } from "@smoothsweep/contracts";
import type { SnapshotDescription } from "../planning/plannedSweep.ts";
import type { DatasetCatalogue } from "../spec/datasetLimits.ts";

/** Where data comes from, as far as planning needs it. */
export interface DatasetStore {
  /** Names and sizes of the data sets that sweeps may use. */
  catalogue(): DatasetCatalogue;
  /**
   * Describes the rows a sweep will use; fetches the data set when it is not cached.
   * @throws AppError `dataset_unreachable`, `dataset_corrupt`
   */
  describe(data: DataSpec): Promise<SnapshotDescription>;
}
