import path from "node:path";
import { cacheHome } from "../environment/processEnvironment.ts";

/** The version of tfjs-node that is installed; also pinned in this package's optional dependencies. */
export const TFJS_NODE_VERSION = "4.22.0";

/** The version of TensorFlow whose C library the wheel way uses. */
export const TENSORFLOW_VERSION = "2.21.0";

/** Where engines are cached, for all clones of the repository: outside of any. */
export function enginesFolder(): string {
  return path.join(cacheHome(), "smoothsweep", "engines");
}

/** What decides whether an installation fits this process: versions, platform and Node's ABI. */
export function tensorflowFolderName(): string {
  const abi = `node-abi-${process.versions.modules}`;
  return ["tensorflow", TFJS_NODE_VERSION, TENSORFLOW_VERSION, process.platform, process.arch, abi].join("-");
}

/** A finished installation has this file; it is written last, after the self-test. */
export const MANIFEST = "installation.json";
