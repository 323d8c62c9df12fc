import { AppError, type DataSpec } from "@smoothsweep/contracts";
import { canonicalJson, type DatasetCatalogue, type DatasetStore } from "@smoothsweep/sweeps";
import { sha256 } from "../factories/sweepFactory.ts";

/**
 * The port {@link DatasetStore} in memory: rows of every class in turn, four features.
 * @param troubles Data sets that cannot be had, and why.
 */
export function createMemoryDatasetStore(
  catalogue: DatasetCatalogue,
  troubles: Readonly<Record<string, "dataset_unreachable" | "dataset_corrupt">> = {},
): DatasetStore {
  return {
    catalogue: () => structuredClone(catalogue),
    describe: async (data: DataSpec) => {
      const trouble = troubles[data.dataset];
      if (trouble !== undefined) throw new AppError(trouble, `the data set ${data.dataset} cannot be had`);
      const { classCount } = catalogue[data.dataset]!;
      const rowsOf = (label: number) => Math.floor((data.train + classCount - 1 - label) / classCount);
      return {
        id: `sha256:${sha256(canonicalJson(data))}`,
        classCount,
        featureCount: 4,
        trainClassCounts: Array.from({ length: classCount }, (_, label) => rowsOf(label)),
      };
    },
  };
}
