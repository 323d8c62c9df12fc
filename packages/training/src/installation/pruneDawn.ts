import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { InstallStep, StepContext } from "./installStep.ts";

/** Folders of `webgpu`'s binaries are named as Node names platforms; macOS has one for both processors. */
const own = `${process.platform}-${process.platform === "darwin" ? "universal" : process.arch}`;

async function pruneDawn({ folder }: StepContext): Promise<void> {
  const binaries = path.join(folder, "node_modules", "webgpu", "dist");
  const others = (await readdir(binaries)).filter((name) => name !== own);
  for (const name of others) await rm(path.join(binaries, name), { recursive: true });
}

/** Step that keeps this platform's Dawn: the package brings all of them, 130 MB in place of 20. */
export const dawnStep: InstallStep = { id: "dawn", title: "Removing other platforms' binaries", run: pruneDawn };
