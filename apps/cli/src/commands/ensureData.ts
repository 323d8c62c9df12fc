import { ensureDataset, knownDatasets } from "@smoothsweep/datasets";
import { cacheDirectory, formatBytes, readEnvironment } from "@smoothsweep/runtime";
import { parse } from "yaml";
import { progressBar } from "../terminal/progressBar.ts";
import type { Terminal } from "../terminal/terminal.ts";

/**
 * Fetches the data set that a sweep names, with a progress bar, so that the API finds it in the cache. A sweep that names
 * none or an unknown one passes: the API explains what is wrong with it, together with all else.
 */
export async function ensureData(sweepText: string, terminal: Terminal): Promise<void> {
  const name = datasetNameOf(sweepText);
  if (!knownDatasets().some((dataset) => dataset.name === name)) return;
  const environment = readEnvironment();
  const line = terminal.progress();
  const { source } = await ensureDataset(name as string, {
    cacheDirectory: cacheDirectory(environment),
    datasetsDirectory: environment["SMOOTHSWEEP_DATASETS_DIRECTORY"],
    environment,
    onProgress: ({ bytesDone, bytesTotal }) =>
      line.update(
        `data: ${progressBar(bytesDone / bytesTotal)} ${name} ${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`,
      ),
  }).finally(() => line.finish());
  terminal.notice(source === "download" ? `data: ${name} fetched and verified` : `data: ${name} (${source})`);
}

function datasetNameOf(sweepText: string): unknown {
  try {
    return (parse(sweepText) as { data?: { dataset?: unknown } } | null)?.data?.dataset;
  } catch {
    return undefined;
  }
}
