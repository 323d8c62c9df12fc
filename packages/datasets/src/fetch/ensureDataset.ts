import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError, isAppError } from "@smoothsweep/contracts";
import { findDataset } from "../catalogue/catalogue.ts";
import { datasetArrays, isPackaged, type PackagedEntry } from "../catalogue/datasetEntry.ts";
import type { DatasetOptions } from "./datasetOptions.ts";
import { discardDirectory } from "./discardDirectory.ts";
import { downloadDataset } from "./downloadDataset.ts";
import { hasPinnedSizes, readPinned } from "./pinnedContent.ts";

/** Where a data set's files are and how they came there. */
export interface DatasetPlace {
  /** Undefined for data that are computed. */
  readonly directory: string | undefined;
  readonly source: "given" | "cache" | "download" | "generated";
}

/**
 * Makes sure that a data set can be loaded: files placed by hand, else the cache, else a download into the cache.
 * Files in the cache were verified before they got there; a later call only looks at their sizes, unless `verify` asks
 * for the content of every file.
 *
 * @throws AppError `invalid_spec` for an unknown name, `dataset_unreachable`, `dataset_corrupt` or `aborted`.
 */
export async function ensureDataset(
  name: string,
  options: DatasetOptions & { readonly verify?: "size" | "content" },
): Promise<DatasetPlace> {
  const entry = findDataset(name);
  if (!isPackaged(entry)) return { directory: undefined, source: "generated" };
  const files = datasetArrays.map((array) => entry.origin.files[array]);
  return withFiles(entry, options, async (place) => {
    const mustRead = options.verify === "content" || place.source === "given";
    if (mustRead) for (const file of files) await readPinned(place.directory, file);
    return place;
  });
}

interface FoundFiles {
  readonly directory: string;
  readonly source: Exclude<DatasetPlace["source"], "generated">;
}

/**
 * Reads from a data set's files. Content of the cache that turns out to be corrupt is deleted and fetched again, once;
 * files placed by hand are the user's and stay as they are.
 */
export async function withFiles<TResult>(
  entry: PackagedEntry,
  options: DatasetOptions,
  read: (place: FoundFiles) => Promise<TResult>,
): Promise<TResult> {
  const place = await locate(entry, options);
  try {
    return await read(place);
  } catch (error) {
    if (!isAppError(error) || error.code !== "dataset_corrupt") throw error;
    if (place.source === "given") throw givenCorrupt(error);
    await discardDirectory(place.directory);
    return read(await locate(entry, options));
  }
}

async function locate(entry: PackagedEntry, options: DatasetOptions): Promise<FoundFiles> {
  if (options.datasetsDirectory !== undefined) {
    const given = join(options.datasetsDirectory, entry.name);
    const found = await stat(given).catch(() => undefined);
    if (found !== undefined) return { directory: given, source: "given" };
  }
  const version = createHash("sha256").update(entry.origin.integrity).digest("hex").slice(0, 12);
  const directory = join(options.cacheDirectory, "datasets", entry.name, version);
  const files = datasetArrays.map((array) => entry.origin.files[array]);
  if (await hasPinnedSizes(directory, files)) return { directory, source: "cache" };
  await downloadDataset(entry, directory, options);
  return { directory, source: "download" };
}

function givenCorrupt(error: AppError): AppError {
  return new AppError("dataset_corrupt", error.message, {
    cause: error,
    context: error.context,
    fix: "Replace the file that was placed by hand, or unset SMOOTHSWEEP_DATASETS_DIRECTORY",
  });
}
