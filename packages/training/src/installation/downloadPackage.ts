import { writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { npmScript, packageManagerEnvironment } from "./buildTools.ts";
import { type InstallationSource, TFJS_NODE_VERSION } from "./engineFolders.ts";
import type { InstallStep, StepContext } from "./installStep.ts";
import { runCommand } from "./runCommand.ts";

const fixes: Record<InstallationSource, string> = {
  wheel: "Check that npm reaches its registry (`npm ping`), and its proxy settings.",
  npm: "tfjs-node fetches its library from storage.googleapis.com; where that is blocked, install `--from wheel`.",
};

async function downloadPackage(context: StepContext, source: InstallationSource): Promise<void> {
  const npm = npmScript();
  if (!npm) throw new AppError("engine_install_failed", "npm was not found", { fix: "Install npm." });
  const name = "@tensorflow/tfjs-node";
  // npm 11.19 runs install scripts of listed packages only.
  const manifest = { private: true, dependencies: { [name]: TFJS_NODE_VERSION }, allowScripts: { [name]: true } };
  await writeFile(path.join(context.folder, "package.json"), JSON.stringify(manifest, null, 2));
  const scripts = source === "wheel" ? ["--ignore-scripts"] : [];
  await runCommand(process.execPath, [npm, "install", "--no-audit", "--no-fund", ...scripts], {
    cwd: context.folder,
    env: packageManagerEnvironment(),
    signal: context.signal,
    fix: fixes[source],
  });
}

/** Step that puts tfjs-node into a folder of its own; from `npm` its install script fetches the native library too. */
export function packageStep(source: InstallationSource): InstallStep {
  return {
    id: "package",
    title: `Installing @tensorflow/tfjs-node ${TFJS_NODE_VERSION}`,
    run: (context) => downloadPackage(context, source),
  };
}
