import { mkdir, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { childEnvironment } from "../environment/processEnvironment.ts";
import type { StepContext } from "./installStep.ts";
import { runCommand } from "./runCommand.ts";

const POLL_MS = 300;
const unitBytes: Record<string, number> = { kB: 1e3, MB: 1e6, GB: 1e9 };

/** What pip is asked for. */
export interface PipDownload {
  /** `tensorflow-cpu==2.21.0` */
  readonly requirements: readonly string[];
  readonly destination: string;
  readonly fix: string;
}

/** Folder that pip downloads into before it moves what is complete. */
export function pipScratchFolder(installation: string): string {
  return path.join(installation, "pip");
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
function announcedBytes(line: string): number {
  const [, amount, unit] = /^\s*Downloading .*\(([\d.]+) (kB|MB|GB)\)/.exec(line) ?? [];
  return amount && unit ? Number(amount) * (unitBytes[unit] as number) : 0;
}

/**
 * Arguments that name wheels for this machine, whatever Python runs pip: only C libraries inside are used, so Python's
 * version does not matter. pip does not conclude from a newer glibc to wheels for older ones, so all are named.
 */
function pipArguments({ requirements, destination }: PipDownload): string[] {
  const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
  const platforms = ["manylinux_2_28", "manylinux_2_27", "manylinux_2_17", "manylinux2014"];
  const wheels = ["--only-binary=:all:", "--python-version", "311"];
  const targets = platforms.flatMap((platform) => ["--platform", `${platform}_${machine}`]);
  const quiet = ["--disable-pip-version-check", "--progress-bar", "off"];
  const options = ["--no-deps", ...wheels, ...targets, ...quiet, "--dest", destination];
  return ["-m", "pip", "download", ...options, ...requirements];
}

/**
 * Downloads wheels and says how far it is.
 * @throws AppError `engine_install_failed`, `aborted`
 */
export async function pipDownload({ folder, signal, report }: StepContext, download: PipDownload): Promise<void> {
  const { destination, fix } = download;
  const scratch = pipScratchFolder(folder);
  await mkdir(destination, { recursive: true });
  await mkdir(scratch, { recursive: true });
  let totalBytes = 0;
  const poll = setInterval(() => {
    void Promise.all([folderBytes(scratch), folderBytes(destination)]).then(([partial, complete]) => {
      // Later wheels are announced when earlier ones are there: the total grows, and may lag behind.
      const bytes = partial + complete;
      report({ bytes, ...(totalBytes > bytes && { totalBytes }) });
    });
  }, POLL_MS);
  const onLine = (line: string) => {
    totalBytes += announcedBytes(line);
  };
  try {
    const env = childEnvironment({ TMPDIR: scratch });
    await runCommand("python3", pipArguments(download), { env, signal, onLine, fix });
  } finally {
    clearInterval(poll);
  }
}
