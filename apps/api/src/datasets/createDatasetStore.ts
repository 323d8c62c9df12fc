import { type DatasetOptions, describeSnapshot, knownDatasets } from "@smoothsweep/datasets";
import type { DatasetStore } from "@smoothsweep/sweeps";

/** The port {@link DatasetStore} on the catalogue and the cache of `@smoothsweep/datasets`. */
export function createDatasetStore(options: DatasetOptions): DatasetStore {
  const catalogue = Object.fromEntries(knownDatasets().map((dataset) => [dataset.name, dataset]));
  return {
    catalogue: () => catalogue,
    describe: async (data) => {
      const { id, classCount, featureCount, classCounts } = await describeSnapshot(data, options);
      return { id, classCount, featureCount, trainClassCounts: [...classCounts.train] };
    },
  };
}
