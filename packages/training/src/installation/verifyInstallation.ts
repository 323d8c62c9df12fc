import { fileURLToPath } from "node:url";
import { childEnvironment } from "../environment/processEnvironment.ts";
import { type InstallationSource, packageFolderOf } from "./engineFolders.ts";
import type { InstallStep, StepContext } from "./installStep.ts";
import { runCommand } from "./runCommand.ts";

/** The built entry: Node 20 cannot run TypeScript, also when this file itself runs from source (tests). */
const childEntry = fileURLToPath(import.meta.url)
  .replace(/([\\/])src([\\/]installation[\\/])/, "$1dist$2")
  .replace(/verifyInstallation\.[jt]s$/, "verifyChild.js");

/** What the child that tried the engine found. */
export interface VerifiedEngine {
  /** Version of TensorFlow's C library. */
  readonly version: string;
  /** Seconds of the self-test. */
  readonly selfTestSeconds: number;
}

/**
 * Loads tfjs-node from an installation in a child process and runs the self-test there: a library that does not fit may
 * end the process.
 * @throws AppError `engine_install_failed`
 */
export async function verifyInstallation(
  installation: string,
  source: InstallationSource,
  signal?: AbortSignal,
): Promise<VerifiedEngine> {
  const args = [childEntry, packageFolderOf(installation), source];
  const output = await runCommand(process.execPath, args, {
    env: childEnvironment(),
    signal,
    fix: "Run `engines remove tensorflow`, then install again; report the output if it stays.",
  });
  return JSON.parse(output.split("\n").at(-1) ?? "") as VerifiedEngine;
}

/** Step that lets the installed engine prove itself. */
export function verifyStep(source: InstallationSource, onVerified: (engine: VerifiedEngine) => void): InstallStep {
  return {
    id: "verify",
    title: "Checking the engine's numbers",
    always: true,
    run: async ({ folder, signal }: StepContext) => onVerified(await verifyInstallation(folder, source, signal)),
  };
}
