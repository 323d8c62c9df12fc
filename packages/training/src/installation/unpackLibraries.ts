import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { childEnvironment } from "../environment/processEnvironment.ts";
import { wheelFolder } from "./downloadWheel.ts";
import { type InstallableEngine, packageFolderOf } from "./engineFolders.ts";
import type { InstallStep, StepContext } from "./installStep.ts";
import { runCommand } from "./runCommand.ts";

/**
 * Takes the C library and the headers of its C API out of a wheel; everything else in it is for Python.
 * Arguments: wheel, folder for libraries, folder for headers.
 */
const unpackScript = `
import os, shutil, sys, zipfile
wheel, libraries, headers = sys.argv[1:]
wanted = ("tensorflow/c/", "tensorflow/core/platform/", "tsl/", "xla/c/", "xla/tsl/")
with zipfile.ZipFile(wheel) as archive:
    for info in archive.infolist():
        name = info.filename
        if name in ("tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2"):
            target = os.path.join(libraries, os.path.basename(name))
        elif name.startswith("tensorflow/include/") and name.endswith(".h"):
            inner = name[len("tensorflow/include/"):]
            if ".." in inner.split("/") or not inner.startswith(wanted):
                continue
            target = os.path.join(headers, *inner.split("/"))
        else:
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(info) as source, open(target, "wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
`;

/** Names under which tfjs-node's build and the addon look for the libraries. */
const links = [
  ["libtensorflow.so", "libtensorflow_cc.so.2"],
  ["libtensorflow_cc.so", "libtensorflow_cc.so.2"],
  ["libtensorflow_framework.so", "libtensorflow_framework.so.2"],
] as const;

/** Folder of TensorFlow's library, where tfjs-node's build and the addon look for it. */
export function librariesFolder(installation: string, engine: InstallableEngine): string {
  return path.join(packageFolderOf(installation, engine), "deps", "lib");
}

/** TensorFlow's wheel in an unfinished installation. @throws AppError `engine_install_failed` */
export async function tensorflowWheel(installation: string): Promise<string> {
  const wheel = (await readdir(wheelFolder(installation))).find((name) => /^tensorflow.*\.whl$/.test(name));
  if (!wheel) throw new AppError("engine_install_failed", "pip left no wheel", { fix: "Try again." });
  return path.join(wheelFolder(installation), wheel);
}

async function unpackLibraries({ folder, signal }: StepContext, engine: InstallableEngine): Promise<void> {
  const libraries = librariesFolder(folder, engine);
  const dependencies = path.dirname(libraries);
  const wheel = await tensorflowWheel(folder);
  await rm(dependencies, { recursive: true, force: true });
  await mkdir(libraries, { recursive: true });
  await runCommand("python3", ["-c", unpackScript, wheel, libraries, path.join(dependencies, "include")], {
    env: childEnvironment(),
    signal,
    fix: "Check the free disk space, and try again.",
  });
  for (const [name, target] of links) await symlink(target, path.join(libraries, name));
}

/** Step that lays the wheel's library where tfjs-node's build expects it. */
export function librariesStep(engine: InstallableEngine): InstallStep {
  return {
    id: "libraries",
    title: "Unpacking TensorFlow's library",
    run: (context) => unpackLibraries(context, engine),
  };
}
