import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { canInstallEngine } from "./canInstallEngine.ts";
import { wheelFolder } from "./downloadWheel.ts";
import {
  type InstallableEngine,
  type InstallationSource,
  type InstallationWay,
  installationFolder,
  sourcesOf,
  TFJS_VERSION,
} from "./engineFolders.ts";
import { withLock } from "./installationLock.ts";
import type { InstallProgress, InstallStep } from "./installStep.ts";
import { type InstallationManifest, readManifest, writeManifest } from "./manifest.ts";
import { pipScratchFolder } from "./pipDownload.ts";
import { recipeOf } from "./recipes.ts";
import { type VerifiedEngine, verifyStep } from "./verifyInstallation.ts";

export interface InstallOptions {
  /** Where the native parts come from; by default the first of the engine's sources, see `sourcesOf`. */
  readonly from?: InstallationSource | undefined;
  readonly onProgress?: (progress: InstallProgress) => void;
  readonly signal?: AbortSignal;
}

/** Runs the steps that an earlier, interrupted try has not done yet. */
async function runSteps(folder: string, steps: readonly InstallStep[], options: InstallOptions): Promise<void> {
  for (const [position, step] of steps.entries()) {
    const marker = path.join(folder, `.${step.id}-done`);
    if (!step.always && existsSync(marker)) continue;
    if (options.signal?.aborted) throw new AppError("aborted", "the installation was aborted");
    const progress = { step: step.title, index: position + 1, count: steps.length };
    options.onProgress?.(progress);
    const report = (transfer: { bytes: number; totalBytes?: number }) =>
      options.onProgress?.({ ...progress, ...transfer });
    await step.run({ folder, signal: options.signal, report });
    await writeFile(marker, "");
  }
}

/** Builds the engine in an unfinished folder and lets it prove itself there. */
async function build(folder: string, way: InstallationWay, options: InstallOptions): Promise<VerifiedEngine> {
  let verified: VerifiedEngine | undefined;
  const verify = verifyStep(way.engine, (engine) => {
    verified = engine;
  });
  await runSteps(folder, [...recipeOf(way).steps, verify], options);
  if (verified === undefined) throw new AppError("engine_install_failed", "the engine was not checked");
  return verified;
}

async function install(way: InstallationWay, options: InstallOptions): Promise<InstallationManifest> {
  const startedAt = performance.now();
  const target = installationFolder(way);
  const building = `${target}.unfinished`;
  await mkdir(building, { recursive: true });
  const { info, isSoftware } = await build(building, way, options);
  await rm(wheelFolder(building), { recursive: true, force: true });
  await rm(pipScratchFolder(building), { recursive: true, force: true });
  const manifest: InstallationManifest = {
    ...way,
    tfjsVersion: TFJS_VERSION,
    libraryVersion: info.version,
    device: info.device,
    isSoftware,
    installedAt: new Date().toISOString(),
    seconds: (performance.now() - startedAt) / 1000,
  };
  await writeManifest(building, manifest);
  await rm(target, { recursive: true, force: true });
  // The addon finds its library relative to itself, so the finished folder can be moved as a whole.
  await rename(building, target);
  return manifest;
}

async function refuseImpossible(way: InstallationWay): Promise<void> {
  const { possible, missing, fix } = await canInstallEngine(way);
  if (possible) return;
  throw new AppError("engine_install_failed", `the installation of ${way.engine} needs ${missing.join(", ")}`, {
    context: { missing },
    ...(fix !== undefined && { fix }),
  });
}

function wayTo(engine: InstallableEngine, from: InstallationSource | undefined): InstallationWay {
  const sources = sourcesOf[engine];
  const source = from ?? (sources[0] as InstallationSource);
  if (sources.includes(source)) return { engine, source };
  throw new AppError("engine_install_failed", `${engine} cannot be had from ${source}`, {
    fix: `Use \`--from ${sources.join("` or `--from ")}\`.`,
  });
}

/**
 * Installs an engine into the user's cache, once for all clones of the repository. An installation counts only after
 * its self-test passed in a process of its own. An interrupted one goes on where it stopped; of two processes that
 * start at once, one installs and the other waits and uses it.
 *
 * tensorflow downloads about 400 MB and keeps 1.2 GB; webgpu 63 MB and 92 MB; tensorflow-gpu some GB.
 *
 * @returns the manifest, also when it was installed before
 * @throws AppError `engine_install_failed` with the command that failed, the end of its output and the fix; `aborted`
 */
export async function installEngine(
  engine: InstallableEngine,
  options: InstallOptions = {},
): Promise<InstallationManifest> {
  const way = wayTo(engine, options.from);
  const installed = readManifest(installationFolder(way));
  if (installed) return installed;
  await refuseImpossible(way);
  const onWait = () =>
    options.onProgress?.({ step: "Waiting for another process that installs the same", index: 0, count: 0 });
  return withLock(`${installationFolder(way)}.lock`, { signal: options.signal, onWait }, async () => {
    // The process that we waited for may have installed it.
    return readManifest(installationFolder(way)) ?? install(way, options);
  });
}
