import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { enginesFolder, MANIFEST, tensorflowFolderName } from "./engineFolders.ts";

/** A tfjs-node with its native parts. */
export interface TensorflowLocation {
  /** `npm`: in the repository's node_modules, with tfjs-node's own library. `wheel`: in the cache, see `installTensorflow`. */
  readonly source: "npm" | "wheel";
  readonly packageFolder: string;
}

/** tfjs-node's compiled addon, relative to its package. */
export const BINDING = path.join("lib", "napi-v8", "tfjs_binding.node");

/** npm skips an optional dependency whose install script fails, or leaves it without its binary. */
function locateInRepository(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve("@tensorflow/tfjs-node/package.json");
    const folder = path.dirname(manifest);
    return existsSync(path.join(folder, BINDING)) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Where tfjs-node can be loaded from, without loading it; undefined when nowhere. */
export function locateTensorflow(): TensorflowLocation | undefined {
  const inRepository = locateInRepository();
  if (inRepository !== undefined) return { source: "npm", packageFolder: inRepository };
  const installation = path.join(enginesFolder(), tensorflowFolderName());
  if (!existsSync(path.join(installation, MANIFEST))) return undefined;
  return { source: "wheel", packageFolder: path.join(installation, "node_modules", "@tensorflow", "tfjs-node") };
}
