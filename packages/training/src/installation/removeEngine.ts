import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { enginesFolder, type InstallableEngine } from "./engineFolders.ts";

/**
 * Removes an engine's installations from the cache, finished or not, of all versions.
 * @returns the folders that were removed
 */
export async function removeEngine(engine: InstallableEngine): Promise<string[]> {
  const names = await readdir(enginesFolder()).catch(() => []);
  // `tensorflow-4.22...` but not `tensorflow-gpu-4.22...`
  const own = new RegExp(`^${engine}-\\d`);
  const folders = names.filter((name) => own.test(name)).map((name) => path.join(enginesFolder(), name));
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  return folders;
}
