import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { KeeperOptions } from "../src/supervision/keepTrainingProcess.ts";

const COMMAND = "npx turbo run build --filter=@smoothsweep/worker --output-logs=errors-only";

/**
 * A built file of this app. Child processes run without Vitest, so they need the build.
 * @throws Error that says how to build, when it is missing
 */
export function builtFile(name: string): string {
  const path = fileURLToPath(new URL(`../dist/${name}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`these tests start ${path}, which is not built: run \`${COMMAND}\``);
  return path;
}

/** A script of this folder that stands for a training child. */
export function testChild(name: string): string {
  return fileURLToPath(new URL(`./children/${name}`, import.meta.url));
}

/** Options of the real training child on wasm; the synthetic data need no download. */
export function wasmChild(changes: Partial<KeeperOptions> = {}): KeeperOptions {
  return {
    engine: "wasm",
    cacheDirectory: join(tmpdir(), "smoothsweep-worker-test"),
    datasetsDirectory: undefined,
    progressDeadlineMs: 60_000,
    memoryLimitBytes: Number.POSITIVE_INFINITY,
    entry: builtFile("trainingChild.js"),
    ...changes,
  };
}

/** Whether a process with this id runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
