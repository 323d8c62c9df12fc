import { mkdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { nodeGypScript, nodeHeadersFolder, npmScript, packageManagerEnvironment } from "./buildTools.ts";
import { packageFolderOf } from "./engineFolders.ts";
import type { InstallStep, StepContext } from "./installStep.ts";
import { BINDING } from "./locateTensorflow.ts";
import { runCommand } from "./runCommand.ts";

/** Version of Node-API that tfjs-node's addon is built for; its loader looks for `napi-v8`. */
const NODE_API_VERSION = 8;

async function buildAddon({ folder, signal }: StepContext): Promise<void> {
  const npm = npmScript();
  const nodeGyp = nodeGypScript();
  if (!npm || !nodeGyp) throw new AppError("engine_install_failed", "node-gyp was not found", { fix: "Install npm." });
  const packageFolder = packageFolderOf(folder);
  const output = path.dirname(path.join(packageFolder, BINDING));
  await mkdir(output, { recursive: true });
  const headers = await nodeHeadersFolder(npm);
  const settings = [
    "--module_name=tfjs_binding",
    `--module_path=${output}`,
    `--napi_version=${NODE_API_VERSION}`,
    `--napi_build_version=${NODE_API_VERSION}`,
    ...(headers === undefined ? [] : [`--nodedir=${headers}`]),
  ];
  await runCommand(process.execPath, [nodeGyp, "configure", "build", ...settings], {
    cwd: packageFolder,
    env: packageManagerEnvironment(),
    signal,
    fix: "Install a C++ compiler, make and python3 (Debian: `apt-get install python3 make g++`).",
  });
}

/** Step that compiles tfjs-node's addon against the library. */
export const addonStep: InstallStep = { id: "addon", title: "Compiling tfjs-node's addon", run: buildAddon };
