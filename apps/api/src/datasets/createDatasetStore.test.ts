import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { datasetStoreContract } from "@smoothsweep/testkit";
import { afterAll, beforeAll, vi } from "vitest";
import { createDatasetStore } from "./createDatasetStore.ts";

const rows = { train: 100, validation: 50, test: 50, splitSeed: 2026 };
const mnist = { ...rows, dataset: "mnist" };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoothsweep-datasets-"));
  // Nobody listens on this port.
  vi.stubEnv("npm_config_registry", "http://127.0.0.1:1/");
  vi.stubEnv("npm_config_cache", join(folder, "npm-cache"));
  vi.stubEnv("npm_config_userconfig", join(folder, "npmrc"));
  vi.stubEnv("npm_config_fetch_retries", "0");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

datasetStoreContract("the catalogue", async () => {
  const cacheDirectory = join(folder, "cache");
  const datasetsDirectory = join(folder, "own");
  await mkdir(join(datasetsDirectory, "mnist"), { recursive: true });
  await writeFile(join(datasetsDirectory, "mnist", "train-images-idx3-ubyte"), "no images");
  const fetching = createDatasetStore({ cacheDirectory });
  const damaged = createDatasetStore({ cacheDirectory, datasetsDirectory });
  return {
    datasets: fetching,
    data: { ...rows, dataset: "synthetic-blobs" },
    troubles: [
      { code: "dataset_unreachable", describe: () => fetching.describe(mnist) },
      { code: "dataset_corrupt", describe: () => damaged.describe(mnist) },
    ],
  };
});
