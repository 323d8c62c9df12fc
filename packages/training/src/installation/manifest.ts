import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type InstallableEngine, type InstallationSource, MANIFEST } from "./engineFolders.ts";

/** What an installation's manifest says. */
export interface InstallationManifest {
  readonly engine: InstallableEngine;
  readonly source: InstallationSource;
  /** Version of the TensorFlow.js packages. */
  readonly tfjsVersion: string;
  /** Version of the native library, as it reports itself. */
  readonly libraryVersion: string;
  /** The device that the engine was tested on. */
  readonly device?: string;
  /** Whether that device was a program that imitates a GPU: `auto` does not choose it. */
  readonly isSoftware?: boolean;
  /** ISO 8601. */
  readonly installedAt: string;
  /** Seconds of the installation's last run. */
  readonly seconds: number;
}

export async function writeManifest(folder: string, manifest: InstallationManifest): Promise<void> {
  await writeFile(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The manifest of a finished installation; undefined where there is none. */
export function readManifest(folder: string): InstallationManifest | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, MANIFEST), "utf8")) as InstallationManifest;
  } catch {
    return undefined;
  }
}
