import { writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { npmScript, packageManagerEnvironment } from "./buildTools.ts";
import { DAWN_VERSION, type InstallationWay, packageNameOf, TFJS_VERSION } from "./engineFolders.ts";
import type { InstallStep, StepContext } from "./installStep.ts";
import { runCommand } from "./runCommand.ts";

const REGISTRY_FIX = "Check that npm reaches its registry (`npm ping`), and its proxy settings.";
const DOWNLOAD_FIX =
  "tfjs-node fetches its library from storage.googleapis.com; where that is blocked, install `--from wheel`.";

/** Packages with their versions. The backend brings its own copy of tfjs-core: engines share none of their files. */
function packagesOf({ engine }: InstallationWay): Record<string, string> {
  const backend = { [packageNameOf(engine)]: TFJS_VERSION };
  return engine === "webgpu" ? { ...backend, "@tensorflow/tfjs-core": TFJS_VERSION, webgpu: DAWN_VERSION } : backend;
}

/** Whether the package's own install script fetches what is native. */
function fetchesLibrary({ engine, source }: InstallationWay): boolean {
  return source === "npm" && engine !== "webgpu";
}

async function downloadPackage(context: StepContext, way: InstallationWay): Promise<void> {
  const npm = npmScript();
  if (!npm) throw new AppError("engine_install_failed", "npm was not found", { fix: "Install npm." });
  // npm 11.19 runs install scripts of listed packages only.
  const allowScripts = fetchesLibrary(way) ? { [packageNameOf(way.engine)]: true } : {};
  const manifest = { private: true, dependencies: packagesOf(way), allowScripts };
  await writeFile(path.join(context.folder, "package.json"), JSON.stringify(manifest, null, 2));
  const scripts = fetchesLibrary(way) ? [] : ["--ignore-scripts"];
  await runCommand(process.execPath, [npm, "install", "--no-audit", "--no-fund", ...scripts], {
    cwd: context.folder,
    env: packageManagerEnvironment(),
    signal: context.signal,
    fix: fetchesLibrary(way) ? DOWNLOAD_FIX : REGISTRY_FIX,
  });
}

/** Step that puts the engine's packages into a folder of their own. */
export function packageStep(way: InstallationWay): InstallStep {
  return {
    id: "package",
    title: `Installing ${packageNameOf(way.engine)} ${TFJS_VERSION}`,
    run: (context) => downloadPackage(context, way),
  };
}
