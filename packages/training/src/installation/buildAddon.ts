import { mkdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { nodeGypScript, nodeHeadersFolder, npmScript, packageManagerEnvironment } from "./buildTools.ts";
import { type InstallableEngine, packageFolderOf } from "./engineFolders.ts";
import type { InstallStep, StepContext } from "./installStep.ts";
import { BINDING } from "./locateEngine.ts";
import { runCommand } from "./runCommand.ts";

/** Version of Node-API that tfjs-node's addon is built for; its loader looks for `napi-v8`. */
const NODE_API_VERSION = 8;

/**
 * Flags of the linker. The addon's search path must also serve libraries that TensorFlow opens by name while it runs,
 * as those of CUDA: DT_RPATH is handed down to what the addon loads, the newer DT_RUNPATH is not (ld.so(8)).
 */
const LINKER_FLAGS = "-Wl,--disable-new-dtags";

async function buildAddon({ folder, signal }: StepContext, engine: InstallableEngine): Promise<void> {
  const npm = npmScript();
  const nodeGyp = nodeGypScript();
  if (!npm || !nodeGyp) throw new AppError("engine_install_failed", "node-gyp was not found", { fix: "Install npm." });
  const packageFolder = packageFolderOf(folder, engine);
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
    env: { ...packageManagerEnvironment(), ...(engine === "tensorflow-gpu" && { LDFLAGS: LINKER_FLAGS }) },
    signal,
    fix: "Install a C++ compiler, make and python3 (Debian: `apt-get install python3 make g++`).",
  });
}

/** Step that compiles tfjs-node's addon against the library. */
export function addonStep(engine: InstallableEngine): InstallStep {
  return {
    id: "addon",
    title: "Compiling tfjs-node's addon",
    run: (context) => buildAddon(context, engine),
  };
}
