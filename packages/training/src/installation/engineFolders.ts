import path from "node:path";
import { cacheHome } from "../environment/processEnvironment.ts";

/** The version of tfjs-node that is installed; also pinned in this package's optional dependencies. */
export const TFJS_NODE_VERSION = "4.22.0";

/** The version of TensorFlow whose C library the wheel way uses. */
export const TENSORFLOW_VERSION = "2.21.0";

/** How tfjs-node gets its native parts: its own download, or the C library of TensorFlow's Python wheel. */
export const installationSources = ["wheel", "npm"] as const;
export type InstallationSource = (typeof installationSources)[number];

/** A finished installation has this file; it is written last, after the self-test. */
export const MANIFEST = "installation.json";

/** Where engines are cached, for all clones of the repository: outside of any. */
export function enginesFolder(): string {
  return path.join(cacheHome(), "smoothsweep", "engines");
}

/** Where an installation that fits this process lies: its name has the versions, the platform and Node's ABI. */
export function installationFolder(source: InstallationSource): string {
  const library = source === "wheel" ? `wheel-${TENSORFLOW_VERSION}` : "npm";
  const machine = [process.platform, process.arch, `node-abi-${process.versions.modules}`];
  return path.join(enginesFolder(), ["tensorflow", TFJS_NODE_VERSION, library, ...machine].join("-"));
}

/** tfjs-node inside an installation. */
export function packageFolderOf(installation: string): string {
  return path.join(installation, "node_modules", "@tensorflow", "tfjs-node");
}
