import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import {
  type InstallationSource,
  installationFolder,
  installationSources,
  MANIFEST,
  packageFolderOf,
} from "./engineFolders.ts";

/** A tfjs-node with its native parts. */
export interface TensorflowLocation {
  /** `repository`: in its node_modules, by npm's own install script. Else in the cache, see `installTensorflow`. */
  readonly source: InstallationSource | "repository";
  readonly packageFolder: string;
}

/** tfjs-node's compiled addon, relative to its package. */
export const BINDING = path.join("lib", "napi-v8", "tfjs_binding.node");

/** npm drops an optional dependency whose install script fails, or leaves it without its binary. */
function locateInRepository(): TensorflowLocation | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve("@tensorflow/tfjs-node/package.json");
    const packageFolder = path.dirname(manifest);
    return existsSync(path.join(packageFolder, BINDING)) ? { source: "repository", packageFolder } : undefined;
  } catch {
    return undefined;
  }
}

function locateInCache(source: InstallationSource): TensorflowLocation | undefined {
  const installation = installationFolder(source);
  if (!existsSync(path.join(installation, MANIFEST))) return undefined;
  return { source, packageFolder: packageFolderOf(installation) };
}

/**
 * Where tfjs-node can be loaded from, without loading it; undefined when nowhere. The wheel's library comes first: it
 * is the newest one, and the fastest.
 */
export function locateTensorflow(): TensorflowLocation | undefined {
  for (const source of installationSources) {
    const location = locateInCache(source);
    if (location) return location;
  }
  return locateInRepository();
}
