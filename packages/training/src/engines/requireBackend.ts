import { createRequire } from "node:module";
import path from "node:path";
import { AppError } from "@smoothsweep/contracts";
import type { InstallableEngine } from "../installation/engineFolders.ts";
import { installCommand } from "../installation/installCommand.ts";
import type { TensorFlow } from "./engine.ts";
import { silenceAdvice } from "./silenceAdvice.ts";

/** A backend's package, loaded from where it lies, and the copy of tfjs-core that it depends on. */
export interface RequiredBackend<Package> {
  readonly tf: TensorFlow;
  readonly backend: Package;
}

/**
 * Loads a backend's package with its own copy of tfjs-core.
 * @throws AppError `engine_unavailable` when that fails
 */
export function requireBackend<Package>(engine: InstallableEngine, packageFolder: string): RequiredBackend<Package> {
  try {
    const requireThere = createRequire(path.join(packageFolder, "package.json"));
    const tf = requireThere("@tensorflow/tfjs-core") as TensorFlow;
    silenceAdvice(tf);
    return { tf, backend: requireThere(packageFolder) as Package };
  } catch (cause) {
    throw new AppError("engine_unavailable", `the package of ${engine} in ${packageFolder} cannot be loaded`, {
      cause,
      context: { packageFolder, reason: cause instanceof Error ? cause.message : String(cause) },
      fix: `Run \`npm run smoothsweep -- engines remove ${engine}\`, then \`${installCommand(engine)}\`.`,
    });
  }
}
