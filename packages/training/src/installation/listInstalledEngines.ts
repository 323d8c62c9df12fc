import { readdirSync } from "node:fs";
import path from "node:path";
import { enginesFolder, installableEngines, installationFolder, installationWaysTo } from "./engineFolders.ts";
import { type InstallationManifest, readManifest } from "./manifest.ts";

/** An engine in the cache. */
export interface InstalledEngine extends InstallationManifest {
  readonly folder: string;
  /** Whether this Node, platform and version of smoothsweep would load it. */
  readonly fits: boolean;
}

/** Finished installations in the cache; none when there is no cache. */
export function listInstalledEngines(): InstalledEngine[] {
  const fitting = new Set(installableEngines.flatMap(installationWaysTo).map(installationFolder));
  return folderNames(enginesFolder()).flatMap((name) => {
    const folder = path.join(enginesFolder(), name);
    const manifest = readManifest(folder);
    return manifest ? [{ ...manifest, folder, fits: fitting.has(folder) }] : [];
  });
}

function folderNames(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
