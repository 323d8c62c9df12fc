import { mkdir, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { childEnvironment } from "../environment/processEnvironment.ts";
import { TENSORFLOW_VERSION } from "./engineFolders.ts";
import type { InstallStep, StepContext } from "./installStep.ts";
import { runCommand } from "./runCommand.ts";

const POLL_MS = 300;
const unitBytes: Record<string, number> = { kB: 1e3, MB: 1e6, GB: 1e9 };

/** Folder that keeps the wheel until the installation is finished. */
export function wheelFolder(installation: string): string {
  return path.join(installation, "wheel");
}

/** Bytes of all files in a folder, at any depth. */
async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  // A file may vanish between listing and stat: pip moves it when it is complete.
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(path.join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Size in "Downloading https://... (273.8 MB)". */
function announcedBytes(line: string): number | undefined {
  const [, amount, unit] = /^\s*Downloading .*\(([\d.]+) (kB|MB|GB)\)/.exec(line) ?? [];
  return amount && unit ? Number(amount) * (unitBytes[unit] as number) : undefined;
}

/**
 * Arguments that name one wheel, whatever Python runs pip: only the C library inside is used, so Python's version does
 * not matter.
 */
function pipArguments(destination: string): string[] {
  const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
  const wheel = ["--only-binary=:all:", "--python-version", "311", "--platform", `manylinux_2_27_${machine}`];
  const quiet = ["--disable-pip-version-check", "--progress-bar", "off"];
  return [
    "-m",
    "pip",
    "download",
    "--no-deps",
    ...wheel,
    ...quiet,
    "--dest",
    destination,
    `tensorflow-cpu==${TENSORFLOW_VERSION}`,
  ];
}

async function downloadWheel({ folder, signal, report }: StepContext): Promise<void> {
  const destination = wheelFolder(folder);
  const scratch = path.join(folder, "pip");
  await mkdir(destination, { recursive: true });
  await mkdir(scratch, { recursive: true });
  let totalBytes: number | undefined;
  const poll = setInterval(() => {
    // pip downloads into TMPDIR and moves the file when it is complete.
    void Promise.all([folderBytes(scratch), folderBytes(destination)]).then(([partial, complete]) => {
      report({ bytes: partial + complete, ...(totalBytes === undefined ? {} : { totalBytes }) });
    });
  }, POLL_MS);
  try {
    await runCommand("python3", pipArguments(destination), {
      env: childEnvironment({ TMPDIR: scratch }),
      signal,
      onLine: (line) => {
        totalBytes = announcedBytes(line) ?? totalBytes;
      },
      fix: "Check that pip reaches its index (`python3 -m pip download --no-deps tensorflow-cpu`).",
    });
  } finally {
    clearInterval(poll);
  }
}

/** Step that fetches TensorFlow's Python wheel. */
export const wheelStep: InstallStep = {
  id: "wheel",
  title: `Downloading TensorFlow ${TENSORFLOW_VERSION} (270 MB)`,
  run: downloadWheel,
};
