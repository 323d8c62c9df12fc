import path from "node:path";
import { AppError } from "@smoothsweep/contracts";
import { childEnvironment } from "../environment/processEnvironment.ts";
import type { InstallStep, StepContext } from "./installStep.ts";
import { pipDownload } from "./pipDownload.ts";
import { runCommand } from "./runCommand.ts";
import { librariesFolder, tensorflowWheel } from "./unpackLibraries.ts";

/** Prints the requirements of the wheel's extra `and-cuda`, one a line: NVIDIA's libraries that it was built for. */
const requirementsScript = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    for line in archive.read(name).decode().splitlines():
        requirement, _, marker = line.partition(";")
        if requirement.startswith("Requires-Dist:") and "and-cuda" in marker:
            print(requirement.removeprefix("Requires-Dist:").strip())
`;

/** Copies the shared libraries of all wheels in a folder into one folder. Arguments: wheels, libraries. */
const unpackScript = `
import glob, os, re, shutil, sys, zipfile
wheels, libraries = sys.argv[1:]
for wheel in glob.glob(os.path.join(wheels, "*.whl")):
    with zipfile.ZipFile(wheel) as archive:
        for info in archive.infolist():
            if re.fullmatch(r"nvidia/(?:\\w+/)+(?:lib|bin)/[\\w.+-]+\\.so(?:\\.[\\d.]+)?", info.filename):
                target = os.path.join(libraries, os.path.basename(info.filename))
                with archive.open(info) as source, open(target, "wb") as copy:
                    shutil.copyfileobj(source, copy, 1 << 20)
`;

/** Folder of NVIDIA's wheels, beside TensorFlow's: removed with it. */
function cudaFolder(installation: string): string {
  return path.join(installation, "wheel", "cuda");
}

/**
 * What pip must fetch so that a TensorFlow wheel finds CUDA: `nvidia-cublas-cu12<13.0,>=12.5.3.2` and so on.
 * @throws AppError `engine_install_failed` when the wheel names none
 */
export async function cudaRequirements(wheel: string): Promise<string[]> {
  const listed = await runCommand("python3", ["-c", requirementsScript, wheel], { env: childEnvironment() });
  const requirements = listed.split("\n").filter((line) => line !== "");
  if (requirements.length > 0) return requirements;
  throw new AppError("engine_install_failed", `${path.basename(wheel)} does not say which CUDA libraries it needs`, {
    fix: "Install `--from npm`, with CUDA 11 and cuDNN 8 on the machine.",
  });
}

/** Copies the shared libraries out of NVIDIA's wheels. */
export async function unpackCuda(wheels: string, libraries: string, signal?: AbortSignal): Promise<void> {
  await runCommand("python3", ["-c", unpackScript, wheels, libraries], {
    env: childEnvironment(),
    signal,
    fix: "Check the free disk space, and try again.",
  });
}

async function downloadCuda(context: StepContext): Promise<void> {
  await pipDownload(context, {
    requirements: await cudaRequirements(await tensorflowWheel(context.folder)),
    destination: cudaFolder(context.folder),
    fix: "Check that pip reaches its index (`python3 -m pip download --no-deps nvidia-cublas-cu12`).",
  });
}

/** Step that fetches the CUDA libraries that the wheel was built for; of NVIDIA's, only the driver must be there. */
export const cudaWheelsStep: InstallStep = {
  id: "cuda-wheels",
  title: "Downloading NVIDIA's CUDA libraries (some GB)",
  run: downloadCuda,
};

/** Step that lays them beside TensorFlow's library, where it and they look for each other. */
export const cudaLibrariesStep: InstallStep = {
  id: "cuda-libraries",
  title: "Unpacking NVIDIA's CUDA libraries",
  run: ({ folder, signal }) => unpackCuda(cudaFolder(folder), librariesFolder(folder, "tensorflow-gpu"), signal),
};
