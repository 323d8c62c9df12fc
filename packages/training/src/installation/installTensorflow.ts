import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { addonStep } from "./buildAddon.ts";
import { canInstallTensorflow } from "./canInstallTensorflow.ts";
import { packageStep } from "./downloadPackage.ts";
import { wheelFolder, wheelStep } from "./downloadWheel.ts";
import { type InstallationSource, installationFolder, TFJS_NODE_VERSION } from "./engineFolders.ts";
import { withLock } from "./installationLock.ts";
import type { InstallProgress, InstallStep } from "./installStep.ts";
import { type InstallationManifest, readManifest, writeManifest } from "./manifest.ts";
import { librariesStep } from "./unpackLibraries.ts";
import { type VerifiedEngine, verifyStep } from "./verifyInstallation.ts";

export interface InstallOptions {
  /** `wheel` (default): the C library of TensorFlow's Python wheel. `npm`: tfjs-node's own download, TensorFlow 2.9. */
  readonly from?: InstallationSource;
  readonly onProgress?: (progress: InstallProgress) => void;
  readonly signal?: AbortSignal;
}

function stepsOf(source: InstallationSource, onVerified: (engine: VerifiedEngine) => void): InstallStep[] {
  const native = source === "wheel" ? [wheelStep, librariesStep, addonStep] : [];
  return [packageStep(source), ...native, verifyStep(source, onVerified)];
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

async function install(source: InstallationSource, options: InstallOptions): Promise<InstallationManifest> {
  const startedAt = performance.now();
  const target = installationFolder(source);
  const building = `${target}.unfinished`;
  await mkdir(building, { recursive: true });
  let verified: VerifiedEngine | undefined;
  const steps = stepsOf(source, (engine) => {
    verified = engine;
  });
  await runSteps(building, steps, options);
  await rm(wheelFolder(building), { recursive: true, force: true });
  await rm(path.join(building, "pip"), { recursive: true, force: true });
  const manifest: InstallationManifest = {
    engine: "tensorflow",
    source,
    tfjsNodeVersion: TFJS_NODE_VERSION,
    libraryVersion: (verified as VerifiedEngine | undefined)?.version ?? "unknown",
    installedAt: new Date().toISOString(),
    seconds: (performance.now() - startedAt) / 1000,
  };
  await writeManifest(building, manifest);
  await rm(target, { recursive: true, force: true });
  // The addon finds its library relative to itself, so the finished folder can be moved as a whole.
  await rename(building, target);
  return manifest;
}

/**
 * Installs tfjs-node with a native TensorFlow library into the user's cache, once for all clones of the repository.
 * An installation counts only after its self-test passed in a process of its own. An interrupted one goes on where it
 * stopped; of two processes that start at once, one installs and the other waits and uses it.
 *
 * Downloads about 400 MB and keeps about 1.2 GB.
 *
 * @returns the manifest, also when it was installed before
 * @throws AppError `engine_install_failed` with the command that failed, the end of its output and the fix; `aborted`
 */
export async function installTensorflow(options: InstallOptions = {}): Promise<InstallationManifest> {
  const source = options.from ?? "wheel";
  const installed = readManifest(installationFolder(source));
  if (installed) return installed;
  const { possible, missing, fix } = await canInstallTensorflow(source);
  if (!possible) {
    throw new AppError("engine_install_failed", `the installation needs ${missing.join(", ")}`, {
      context: { missing },
      ...(fix === undefined ? {} : { fix }),
    });
  }
  const onWait = () =>
    options.onProgress?.({ step: "Waiting for another process that installs the same", index: 0, count: 0 });
  return withLock(`${installationFolder(source)}.lock`, { signal: options.signal, onWait }, async () => {
    // The process that we waited for may have installed it.
    return readManifest(installationFolder(source)) ?? install(source, options);
  });
}
