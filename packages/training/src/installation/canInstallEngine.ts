import { statfsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { toAppError } from "@smoothsweep/contracts";
import { childEnvironment, processVariable } from "../environment/processEnvironment.ts";
import { findProgram, nodeGypScript, npmScript } from "./buildTools.ts";
import { enginesFolder, type InstallationWay } from "./engineFolders.ts";
import { mayHaveNvidiaDevice } from "./nvidiaDevices.ts";
import { recipeOf } from "./recipes.ts";
import { runCommand } from "./runCommand.ts";

/** Whether an engine can be installed here. */
export interface InstallationCheck {
  readonly possible: boolean;
  /** What is missing, each as a short phrase; empty when possible. */
  readonly missing: readonly string[];
  /** What the user can do, where something is missing. */
  readonly fix?: string;
}

/** What machines the native parts are made for; wheels for glibc only, musl (Alpine) has none. */
function hasBinaries({ engine, source }: InstallationWay): boolean {
  const header = (process.report?.getReport() as unknown as { header?: { glibcVersionRuntime?: string } })?.header;
  const isGlibc = process.platform === "linux" && header?.glibcVersionRuntime !== undefined;
  const isIntel = process.arch === "x64";
  if (engine === "webgpu") return isGlibc || process.platform === "darwin" || process.platform === "win32";
  if (engine === "tensorflow-gpu") return isIntel && (isGlibc || (source === "npm" && process.platform === "win32"));
  return source === "npm" || (isGlibc && (isIntel || process.arch === "arm64"));
}

async function hasPip(): Promise<boolean> {
  try {
    await runCommand("python3", ["-m", "pip", "--version"], { env: childEnvironment() });
    return true;
  } catch (error) {
    return toAppError(error).code !== "engine_install_failed";
  }
}

async function hasSpace(bytes: number): Promise<boolean> {
  await mkdir(enginesFolder(), { recursive: true });
  const { bavail, bsize } = statfsSync(enginesFolder());
  return bavail * bsize >= bytes;
}

async function missingTools(): Promise<string[]> {
  const missing: string[] = [];
  if (!findProgram("python3")) missing.push("python3");
  else if (!(await hasPip())) missing.push("pip for python3");
  if (!processVariable("CXX") && !findProgram("g++") && !findProgram("clang++")) missing.push("a C++ compiler (g++)");
  if (!findProgram("make")) missing.push("make");
  if (!nodeGypScript()) missing.push("node-gyp");
  return missing;
}

/** Whether the GPU is there that the engine is for. */
function hasDevice({ engine }: InstallationWay): boolean {
  return engine !== "tensorflow-gpu" || mayHaveNvidiaDevice();
}

function fixOf(missing: readonly string[], way: InstallationWay): string {
  if (!hasBinaries(way)) return "Use another engine: `npm run smoothsweep -- doctor` says which work here.";
  if (!hasDevice(way)) return "Install NVIDIA's driver, and start containers with the GPU (`docker run --gpus all`).";
  if (missing.every((item) => item.includes("free disk"))) return "Free some disk, or set XDG_CACHE_HOME.";
  return "On Debian or Ubuntu: `apt-get install python3 python3-pip make g++`.";
}

/**
 * Whether {@link installEngine} has what it needs, without installing or downloading anything.
 * A wheel needs Python, a compiler and make; everything else npm alone.
 */
export async function canInstallEngine(way: InstallationWay): Promise<InstallationCheck> {
  const { freeBytesMin } = recipeOf(way);
  const missing = way.source === "wheel" ? await missingTools() : [];
  if (!hasBinaries(way)) missing.unshift(`binaries for ${process.platform} ${process.arch}`);
  if (!hasDevice(way)) missing.unshift("an NVIDIA GPU (no CUDA device found)");
  if (!npmScript()) missing.push("npm");
  if (!(await hasSpace(freeBytesMin))) {
    missing.push(`${(freeBytesMin / 1024 ** 3).toFixed(1)} GiB of free disk for ${enginesFolder()}`);
  }
  return missing.length === 0 ? { possible: true, missing } : { possible: false, missing, fix: fixOf(missing, way) };
}
