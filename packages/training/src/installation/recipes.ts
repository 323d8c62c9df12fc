import { addonStep } from "./buildAddon.ts";
import { cudaLibrariesStep, cudaWheelsStep } from "./cudaLibraries.ts";
import { packageStep } from "./downloadPackage.ts";
import { wheelStep } from "./downloadWheel.ts";
import type { InstallationWay } from "./engineFolders.ts";
import type { InstallStep } from "./installStep.ts";
import { dawnStep } from "./pruneDawn.ts";
import { librariesStep } from "./unpackLibraries.ts";

const GIBIBYTE = 1024 ** 3;

/** What an installation does and takes. */
export interface Recipe {
  /** In order; the engine is tried after the last one. */
  readonly steps: readonly InstallStep[];
  /** Bytes that the installation needs while it is made. */
  readonly freeBytesMin: number;
}

/** How an engine is installed from a source. */
export function recipeOf(way: InstallationWay): Recipe {
  const { engine, source } = way;
  if (engine === "webgpu") return { steps: [packageStep(way), dawnStep], freeBytesMin: GIBIBYTE / 2 };
  if (source === "npm") return { steps: [packageStep(way)], freeBytesMin: 2 * GIBIBYTE };
  const native = [wheelStep(engine), librariesStep(engine)];
  if (engine === "tensorflow") {
    return { steps: [packageStep(way), ...native, addonStep(engine)], freeBytesMin: 2 * GIBIBYTE };
  }
  const cuda = [cudaWheelsStep, cudaLibrariesStep];
  return { steps: [packageStep(way), ...native, ...cuda, addonStep(engine)], freeBytesMin: 12 * GIBIBYTE };
}
