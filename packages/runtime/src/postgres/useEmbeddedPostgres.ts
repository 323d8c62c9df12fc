import { readFile } from "node:fs/promises";
import { isAppError } from "@smoothsweep/contracts";
import { placesWithin } from "./serverPlaces.ts";
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from "./startEmbeddedPostgres.ts";

/**
 * Lends the database of a folder: the one that is running there, or else one that is started and stopped again.
 * @throws AppError `database_unavailable`
 */
export async function useEmbeddedPostgres<T>(
  options: EmbeddedPostgresOptions,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const running = await startOrFind(options);
  if (typeof running === "string") return use(running);
  try {
    return await use(running.url);
  } finally {
    await running.stop();
  }
}

/** The started server, or the address of the one that another process has. */
async function startOrFind(options: EmbeddedPostgresOptions) {
  try {
    return await startEmbeddedPostgres(options);
  } catch (error) {
    const { reason, url, dataDirectory } = isAppError(error) ? error.context : {};
    // Without an address the other one is still starting.
    if (reason !== "already_running" || typeof url !== "string") throw error;
    const address = new URL(url);
    address.password = (await readFile(placesWithin(String(dataDirectory)).password, "utf8")).trim();
    return address.toString();
  }
}
