import type { DataSpec } from "@smoothsweep/contracts";
import type { DatasetStore } from "@smoothsweep/sweeps";
import { beforeAll, describe, expect, it } from "vitest";

/** A store, and the same store in trouble. */
export interface DatasetStoreHarness {
  datasets: DatasetStore;
  /** Rows that it can describe. */
  data: DataSpec;
  /** One whose data set cannot be fetched, and one whose files are damaged. */
  troubles: { code: "dataset_unreachable" | "dataset_corrupt"; describe: () => Promise<unknown> }[];
}

/** The laws of {@link DatasetStore}, for every adapter. */
export function datasetStoreContract(name: string, open: () => Promise<DatasetStoreHarness>): void {
  describe(`${name} as DatasetStore`, () => {
    let harness: DatasetStoreHarness;
    beforeAll(async () => {
      harness = await open();
    });
    const limits = () => harness.datasets.catalogue()[harness.data.dataset]!;

    it("lists data sets with their sizes, of which a sweep can take rows", () => {
      const { trainRows, testRows } = limits();
      expect(trainRows).toBeGreaterThanOrEqual(harness.data.train + harness.data.validation);
      expect(testRows).toBeGreaterThanOrEqual(harness.data.test);
      for (const { classCount } of Object.values(harness.datasets.catalogue())) {
        expect(classCount).toBeGreaterThanOrEqual(2);
      }
    });

    it("describes the rows that a sweep trains on: as many classes as the catalogue says, every row in one", async () => {
      const { classCount, trainClassCounts, featureCount } = await harness.datasets.describe(harness.data);
      expect([classCount, trainClassCounts.length]).toEqual([limits().classCount, limits().classCount]);
      expect(trainClassCounts.reduce((sum, count) => sum + count, 0)).toBe(harness.data.train);
      expect(featureCount).toBeGreaterThan(0);
    });

    it("gives the same data the same id, and other rows or another split another one", async () => {
      const idOf = async (changes: Partial<DataSpec> = {}) =>
        (await harness.datasets.describe({ ...harness.data, ...changes })).id;
      const ids = await Promise.all([
        idOf(),
        idOf({ train: harness.data.train - 1 }),
        idOf({ test: harness.data.test - 1 }),
        idOf({ splitSeed: harness.data.splitSeed + 1 }),
      ]);
      expect(new Set(ids).size).toBe(ids.length);
      expect(await idOf()).toBe(ids[0]);
    });

    it("says so when a data set cannot be fetched, and when its files are not what they must be", async () => {
      expect(harness.troubles.map(({ code }) => code).toSorted()).toEqual(["dataset_corrupt", "dataset_unreachable"]);
      for (const { code, describe: inTrouble } of harness.troubles) {
        await expect(inTrouble()).rejects.toMatchObject({ code });
      }
    });
  });
}
