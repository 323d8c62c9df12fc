import { statfsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { toAppError } from "@smoothsweep/contracts";
import { childEnvironment, processVariable } from "../environment/processEnvironment.ts";
import { findProgram, nodeGypScript, npmScript } from "./buildTools.ts";
import { enginesFolder, type InstallationSource } from "./engineFolders.ts";
import { runCommand } from "./runCommand.ts";

/** Bytes that an installation needs while it is made: the wheel, its libraries and tfjs-node. */
const FREE_BYTES_MIN = 2 * 1024 ** 3;

/** Whether an engine can be installed here. */
export interface InstallationCheck {
  readonly possible: boolean;
  /** What is missing, each as a short phrase; empty when possible. */
  readonly missing: readonly string[];
  /** What the user can do, where something is missing. */
  readonly fix?: string;
}

/** Wheels are made for glibc only; musl (Alpine) has none. */
function hasWheel(): boolean {
  const header = (process.report?.getReport() as unknown as { header?: { glibcVersionRuntime?: string } })?.header;
  const isLinux = process.platform === "linux" && header?.glibcVersionRuntime !== undefined;
  return isLinux && (process.arch === "x64" || process.arch === "arm64");
}

async function hasPip(): Promise<boolean> {
  try {
    await runCommand("python3", ["-m", "pip", "--version"], { env: childEnvironment() });
    return true;
  } catch (error) {
    return toAppError(error).code !== "engine_install_failed";
  }
}

async function hasSpace(): Promise<boolean> {
  await mkdir(enginesFolder(), { recursive: true });
  const { bavail, bsize } = statfsSync(enginesFolder());
  return bavail * bsize >= FREE_BYTES_MIN;
}

async function missingForWheel(): Promise<string[]> {
  const missing: string[] = [];
  if (!hasWheel()) missing.push(`a TensorFlow wheel for ${process.platform} ${process.arch}`);
  if (!findProgram("python3")) missing.push("python3");
  else if (!(await hasPip())) missing.push("pip for python3");
  if (!processVariable("CXX") && !findProgram("g++") && !findProgram("clang++")) missing.push("a C++ compiler (g++)");
  if (!findProgram("make")) missing.push("make");
  if (!nodeGypScript()) missing.push("node-gyp");
  return missing;
}

/**
 * Whether {@link installTensorflow} has what it needs, without installing or downloading anything.
 * @param source `wheel` (default) needs Python, a compiler and make; `npm` needs npm alone
 */
export async function canInstallTensorflow(source: InstallationSource = "wheel"): Promise<InstallationCheck> {
  const missing = source === "wheel" ? await missingForWheel() : [];
  if (!npmScript()) missing.push("npm");
  if (!(await hasSpace())) missing.push(`2 GiB of free disk for ${enginesFolder()}`);
  if (missing.length === 0) return { possible: true, missing };
  return { possible: false, missing, fix: "On Debian or Ubuntu: `apt-get install python3 python3-pip make g++`." };
}
