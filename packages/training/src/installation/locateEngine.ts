import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import {
  type InstallableEngine,
  type InstallationSource,
  installationFolder,
  packageFolderOf,
  packageNameOf,
  sourcesOf,
} from "./engineFolders.ts";
import { type InstallationManifest, readManifest } from "./manifest.ts";

/** Where an engine's backend package lies, with its native parts. */
export interface EngineLocation {
  /** `repository`: in its node_modules, put there by npm's own installation. Else in the cache, see `installEngine`. */
  readonly source: InstallationSource | "repository";
  readonly packageFolder: string;
  /** What was found when it was installed; none in the repository. */
  readonly manifest?: InstallationManifest;
}

/** The compiled addon of tfjs-node and tfjs-node-gpu, relative to the package. */
export const BINDING = path.join("lib", "napi-v8", "tfjs_binding.node");

/** npm drops an optional dependency whose install script fails, or leaves it without its binary. */
function locateInRepository(engine: InstallableEngine): EngineLocation | undefined {
  if (engine === "webgpu") return undefined;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${packageNameOf(engine)}/package.json`);
    const packageFolder = path.dirname(manifest);
    return existsSync(path.join(packageFolder, BINDING)) ? { source: "repository", packageFolder } : undefined;
  } catch {
    return undefined;
  }
}

function locateInCache(engine: InstallableEngine, source: InstallationSource): EngineLocation | undefined {
  const installation = installationFolder({ engine, source });
  const manifest = readManifest(installation);
  return manifest && { source, packageFolder: packageFolderOf(installation, engine), manifest };
}

/**
 * Where an engine can be loaded from, without loading it; undefined when nowhere. The wheel's library comes first: it
 * is the newest one, and the fastest.
 */
export function locateEngine(engine: InstallableEngine): EngineLocation | undefined {
  for (const source of sourcesOf[engine]) {
    const location = locateInCache(engine, source);
    if (location) return location;
  }
  return locateInRepository(engine);
}
