import { mkdir, open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { AppError } from "@smoothsweep/contracts";

const POLL_MS = 500;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process lives, but belongs to another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Creates the lock file with our process id; false when another process has it. */
async function tryAcquire(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const owner = Number(await readFile(file, "utf8").catch(() => ""));
    // A process that died (power cut, SIGKILL) must not lock the cache for ever. 0: the file is being written now.
    if (owner === 0 || isAlive(owner)) return false;
    await rm(file, { force: true });
    return tryAcquire(file);
  }
}

/**
 * Runs `work` while no other process holds the lock, and waits for its turn.
 * @throws AppError `aborted` while waiting; whatever `work` throws
 */
export async function withLock<Result>(
  file: string,
  options: { signal?: AbortSignal | undefined; onWait?: () => void },
  work: () => Promise<Result>,
): Promise<Result> {
  await mkdir(path.dirname(file), { recursive: true });
  let waited = false;
  while (!(await tryAcquire(file))) {
    if (options.signal?.aborted) throw new AppError("aborted", "the installation was aborted");
    if (!waited) options.onWait?.();
    waited = true;
    await setTimeout(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}
