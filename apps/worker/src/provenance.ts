import { execFile } from "node:child_process";
import { arch, cpus, hostname, platform } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { productVersion } from "@smoothsweep/runtime";
import { TRAINING_VERSION } from "@smoothsweep/sweeps";

/** What is known of this worker and belongs to every result it makes. */
export async function describeProvenance(workerId: string): Promise<Record<string, unknown>> {
  return {
    workerId,
    host: hostname(),
    version: productVersion,
    trainingVersion: TRAINING_VERSION,
    commit: await gitCommit(),
    node: process.version,
    platform: `${platform()}-${arch()}`,
    processor: cpus()[0]?.model ?? "unknown",
  };
}

/** The commit of the running code; null outside of a checkout. */
async function gitCommit(): Promise<string | null> {
  try {
    const cwd = fileURLToPath(new URL(".", import.meta.url));
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "HEAD"], { cwd });
    return stdout.trim();
  } catch {
    return null;
  }
}
